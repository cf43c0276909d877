"""Words that are no sign of a name, and that no name is cut for: ordinary and clinical ones, in lower case.

Taken from the texts of the program, its evidence, documents and Italian translation, with words of clinical letters
added by hand. A word that is missing here is only shown once more to the person who exports; a word too many hides a
name that is written like it. In one language and a half: a text in another shows more of its words.
"""

_WORDS = """
abbastanza abbreviato abdomen abdominal abemaciclib abemaciclibe able about above absence absences absent abstract
accanto accents accepts access accesso accorciare accorciato ache aches acid across act action active activity acts
acute ad adc add added addendum adding addison addition additional address adds adequate adiuvante adjusted adjuvant
admits admitted adrenal adriamicina adriamycin adults advanced adverse advice advised afatinib afebrile affected
affermazioni affiancati affollata african after afterwards again against age aged agenda agent aggiornamento
aggiornare aggiornati aggiornato aggiunge aggiungere aggiunta aggiunti aggiunto aggregato aggregator agitated ago
agonist agree agreement agrees ahead ai aimed al albumina alcun alcuna alcuni alendronate alendronic alert alfa
algorithm alike alive all alla alle allegati allegato allergy allo allocated allora allow allowed allred alone alp
alpelisib alpelisibe already also alt alternate alternative alternatives although altra altre altri altrimenti altro
altrove always alzheimer ambulant amenable american ammesso amnesia among amplified an anaemia analog analogue analyse
analyses analysis analysts anastrozole anastrozolo anche ancora and anemia anew angaben angina anhalt ankle annex anni
annidato anno annotato announced announcement annual anorexia another answer answers antagonist anthracycline
anthracyclines antibiotics antibodies antibody anticipated anticonvulsant anticonvulsants anticorpo anticrisi
antiemetic antiemetics antiepileptic antiepileptics antiseizure antitumour anxiety anxious any anyway anywhere apart
aperta aperte aperti aperto aphasia aphasic appare appartengono appartiene appearances appeared appears appetite
applica applicabile applicable applied applies apply appointment approach approached approval approved appunti apr
apre aprepitant april aprire aprirlo apt arachnoiditis archive are argument arise arm arms aromatase around arriva
arrivare arrow arruolamento arthritis article as ascites asco asian ask asked asks asportata assay asse assegnato
assente assenza assess assessable assessed assessment assessments assessor assessors assi assigned ast asthma
asymptomatic at ataxia ataxic atezolizumab attachments attende attended attendere attends attesa attiva attivati
attive attribute attuale attuali attuato aug august aumenta aumento aunt author authors autore autoverifica
availability available average averaged avere avevano avoidable avoidance avuta avviarsi avvio awaited awaiting awaits
awake away axes axial axilla axillary axis azione babinski back backup backwards bad balance ball bank bar barrier
base baseline basis basso basta bath be became because becomes bed bedside been before befund begins begun behave
behind being bell belong belongs below bench bene benefit benefits beside best betamethasone better between
beurteilung bevacizumab bevacizumabe beyond bias biba bicompartmental bilirubin biological biopsied biopsies biopsy
biosimilar biplane birth bisogno bispecific bisphosphonate bisphosphonates black bladder blank bleeding blind blinded
blocchi blocco block blockade blood blurred bmi board body bone bones bony born both bottle bowel box boxed boy bozza
bp braccio brackets brain brainstem branch brand brca break breaks breast brief briefing briefings bring bringing
brings british brivaracetam broptima brother brothers brought bruising budesonide built bundle burden but by bypass
bystander byte bytes ca cabozantinib cabozantinibe calcium calcolo calculation call called calls calo cambiano
cambiare cambiata cambiato cambio came campi campione campioni campo can canadian cancer cancers candidate cane cannot
canonical capecitabina capecitabine capisce capivasertib capo capture carattere caratteri carbamazepine carbo
carboplatin carboplatina carboplatine carboplatino carcinoma carcinomatosis card cardiac cardiaca cardiologist care
carer carers caricando caricate carico carried carries carry carta cartella cartelle case cases casi caso catalogue
cataract catholic cause cautela cautele caution cautions cautiously cavities cavity ce cell cella cells cellule
centimetres centimetri central centrale centrally centre centres centro cerebel cerebellar cerebellum cerebral
cerebrale cerebrali cerebrospinal cervical cgy chair challenge change changed changes changing character
characteristics characters charset chart che check checked checkout checks chemioterapia chemo chemotherapy chest chi
chiama chiarire chiarirebbe chiaro chiasm chiave chiede chiedere chiedevano chiedono chiesta chiesti chiesto child
children chills chinasica chinese chirurgia chirurgico chiudi choice choices choose chooses chose chosen christian
chronic ci ciascuna cicli ciclo ciclofosfamida cifre circulating cisplatin cisplatina cisplatine cisplatino cited
citologia citopenia civil claim claimed claims class classe classed classes classi classifica classification clear
clearance cleopatra cli click clinic clinical clinically clinici clinician clinicians clinico clipboard clobazam clock
clodronate clodronic close closed closing clots cm cns code codes cognition cognitiva cognitive cognitivo cohort
cohorts coinvolto cold collapse collected collegamento colonna colorate colore colour column columns comando
combination combinations combinazione combined come comes comfortable comma command commas comments common commoner
commonest community comorbidity company comparable comparaison comparator comparators compare compared compares
comparing comparison comparisons compassionate compilare compile complains complaint completa completare completato
complete completed completeness completezza completi completo compose composes composite composition comprende
compress compression computer comune con concentrations concerns concluded conclusion conclusione conclusions
conclusiva conclusive conclusivo concorda concordano concurrent condition conditional conditions conference conferma
confermata confermato confezionamento confidence confidenza confine confirmation confirmed confirms conflict confronta
confrontano confrontare confrontati confrontato confronto confused confusion congiunta congiunto congress coniugato
conjugate conjugates connection conosca conosciuto consensus consented consentire consentirlo conservare conservati
conservato considerare considerate considerato considered consultant consultation conta contact contacted contain
contained contains contando contano contata contate contati contato conteggio contenere content contenuto contesto
context conti contiene continued continues continuing continuous contract contracts contraddice contraddizione
contraddizioni contradict contradiction contradictions contradicts contraindicated contrari contrario contrast
contrasto contributing contribution contro control controlla controllata controllate controllati controllato
controlled controlli controllo controls convention conventional convenzionale converted convertito convulsion
convulsions cook cooks coordinator coordinatore coorte coorti copd copia copiata copiate copiati copie copied copies
coping copy cord cores coronal corpo correct corrected correction corrections correggere corrente corretta correzione
correzioni corrispondenza corrispondono corrupts corso corteccia cortex cortical corticosteroid corticosteroids corto
cosa cose cost costo cough could count counted counts course courses cousin cover coverage cranial craniotomy crash
creare crearla creatinina creatinine crescita cresciuta criteri criteria criterio criterion critical crohn crosses
crying csf ct ctcae ctx cui cumulative cuore curative cure current currently cushing cut cyberknife cycle cycles
cyclophosphamide cyst cytarabine cytology da dad dai daily dal dalla dalle damaged danneggiato darbepoetin dark data
datati date dated dates dati dato datopotamab daughter daughters davanti day days dcis ddac de dead deaf dear death
debbrah dec december decide decided decidere decides decimal decimale decimals decision decisione decisions deciso
declares decline declined declines declining declino decompression decorso decrease deduce deeply default deferral
deferred deficiency deficit defined defines definition definitiva definitivo degli degrees dei del delay delayed
delays delivered delivery della delle dello demo demonstration denominator denominators denosumab dental department
depend depends depressed depression der derived dermatology deruxtecana desametasone describe described describes
description descritta desideri design designs desktop detail determined detta detto deve deviations device dex dexa
dexametasona dexamethasone dexrazoxane dexterity dhx di diabetes diabetic diagnosed diagnosi diagnosis diagnostic
diagnosticato dialysis diameter diameters diametro diapositive diarrea diarrhoea dice dichiara dichiarata dichiarate
dichiarati dichiarato dichiarazione dichiarazioni dicono did died diet dietro diff differ differed difference
differences different differently differenza differenze differisce differiscono differs difficulty diffuse diffusione
digest digits dimension dimensione dimensioni dimostrata dinner dipende dipendono diplopia dire direct disabled
disaccordi disagree disagreements discharge discharged discipline disciplines disco discomfort discordant discordanti
discouraged discuss discusse discussed discussion discussione discussioni discussions discutere disease disegnare
disegnate disegnati disitamab disk display disponibile disponibili dispositivo dissertation distance distanza
distinguere diventato diversamente diversi diversion diverso divide divides divise divorced dizziness dizzy do
docetaxel doctor doctora document documento documents does dog doi domanda domperidone done door dopo doppione doppler
dose doses dosi dosing dott dottore dottoressa dottssa double dove dovuta dovuto down downstairs doxorrubicina
doxorubicin doxorubicine dpyd dr draft drains draw drawn draws drinks drive driver drives driving dropped drowsy drug
drugs dry du dual ductal due dull duocarmazine duplicate duplicato dura dural duration during dvt dysarthria
dysfunction dysphagia dysphasia dyspnoea each eano earlier early ears easier easily eats ecancer ecg echo
echocardiogram echocardiography echokardiographie ecog ed edema edge edit editable edited edition edits education eeg
effect effetto efficacy efficient efflux egfr eiezione eight either ejection ekg elacestrant elbow elderly eldest
elenca elencata elencate elencati elencato elenchi elenco eloquent eloquente else elsewhere ema embolism embolus
emergency emilia emocromo employed empty emtansina emtansine encefaliche encefalico encefalo end ended endocranica
endocrina endocrine endocrinology endpoint ends engineers english enhancing enlarging enough enrolled enrolment
entansina enter entered enters entlassmedikation entnahme entnahmestelle entrambi entrare entrato entries entro entry
enzymes epatici epidemiology epidermal epilepsy epileptic epirrubicina epirubicin episode episodio epoetin equally
equals equivalent equivalente equivocal equivoco er era erano erasing erbb eribulin eribulina eribuline erniazione
errata erratum error errore erythropoietin es esame esatta esatto escape esce escludere escludono esclusa escluso
eseguire esempio esiste esiti esito esmo esomeprazole espande especially esperto esportazione esr essa essere esso
established estimate estimated estrogen et etichetta etoposide european evaluable evaluated evaluation even event
events ever everolimo everolimus every everything evidence evidenza evidenze exact exactly exam examination example
examples except exception exceptions exchanged exclude excluded excludes exclusion executive exemestane exemestano
exist existing exists exit expanded expect expectancy expectation expected experience expert explained explains
exploratory export exposure expression ext extension extensive extracranial extracranica extracranico eye eyes
eyesight fa face facial facoltativo fact factor facts failing fails failure failures fainted fallimento falling
fallisce falls false falx family far fare fared farm farmaci farmaco farmer fascicolo fase fatal father fatigue
fatigued fatta fatte fatti fattibile fatto fault favore favour favourable favours feared fears feasibility feasible
features feb febrile february fec feels feet fegato fell female femminile femur fever few fewer fewest fhx field
fields fifty figure figures file files filgrastim fill filled filter filtro final find finding findings finds fine
finestra finger fingers finisce finita finito fino finora firma firmato first fish fisso fit fits five fixed flagged
flair flat fluid fluoropyrimidine fluoropyrimidines fluorouracil fluorouracilo focal foglio folder foley folinate
folinic follow followed follows font fonte fonti fonts food foot for forgetful form forma formal formally formano
format formato formed forms fornita forniti fornito forse forty forza fosaprepitant fossa fosse found four fourth fr
fraction fractions fracture fragestellung frail fraktionen frameless frau frazione free french frequency frequent
frequente freschezza freshness fri friday friend friends from front frontal frozen fsrt full fully fulvestrant
fulvestranto function funding funzione fuori further fuso future gadolinium gain gained gains gait gamma gammaknife
ganzhirnbestrahlung gap gaps gastric gata gave gemcitabina gemcitabine gene general generic genetics genital geringes
german germinale gets ggt giallo giddy giorni giorno girata girl git giudica giudicare giudicata giudizio giusto give
given gives glad glance glasgow glasses gli global globale glucocorticoid go goal goals goes going golden good
goserelin goserelina gosserrelina govitecan govitecana gp gpa grade graded grades gradi grado grafie grandchild
grandchildren granddaughter grande grandson granisetron graves gravidanza great greek grip group grouped groups
growing grown growth gruppo guasto guess gui guida guide guideline guidelines guides gy gyrus ha had haemorrhage hair
half hallazgo hallazgos halved hand handout hands hanno happened happy hard harm has hashimoto hasrs have hazard hb
hbv hcv he head headache headaches headed heading headings heads health hear heard hearing heart heartburn heavily
heavy held helpful hemiparesis hemiplegia hemisphere hepatic hepatitis her here herniation herr hidden hide high
higher highest highlight highlights highly hilar hip hippocampal hippocampi hippocampus hippocampusschonung hips hirn
histologic histological histology historical histories history hit hiv hoc hodgkin hold holder holds holiday hollow
holter home hormonal hormone hospice hospital hospitalised hospitals host hot hour hours housewife how hr human
humerus hundred husband hyaluronidase hybridisation hybridization hydrocephalus hydrocortisone hydrozephalus
hypertension hyphens hypothesis hypoxia ibandronate ibandronic ibd ibridazione icu id idc ideal ids if ignoto ihc il
ilc ild ill illeggibile illness image imaging immagine immature immediata immediate immunohistochemistry
immunoistochimica impaginazione impaired impairment implicito implied import impostato impostazioni impression improve
improved improving in inactive inavolisib incalzante incidence include included inclusion incompleta incomplete
incontinence increasing independent indian indica indicacion indicano indicare indicata indicate indicati indication
indicato indikation indirizzo individual inducers induction inequality inesistente inetetamab infarct infected
infection inference infermiere inferred inflammatory influential informa informal information informs infratentorial
inglese inglesi ingresso inhibitor inhibitors inhibits inibitori initial inizi inizia iniziano inizio injury
inoperable inpatient input inserisce inserito insgesamt inside insieme insights insomnia install installare
installation installato installazione installed installs instead institution institutions insufficient insula intact
intatto intendano intende intended intent intention intera interaction interest interfered interim intermediate
internal interno intero interpreter interrotto interrupted interruzione interstitial interstiziale interval intervallo
intervals intervention interventional interventions interview intestazioni into intracranial intracranica intracranico
intratecale intrathecal introduction inttercept invalid invariata invasiva invasive invece inventato invented
investigational investigator investigators invii invio involved involvement ipertensione ippocampi ippocampo
irinotecan irish irradiated irradiation irritable is ish isolata isolated issue istituzione istologia it italian
itching item items its itself ixabepilone ja jan january japanese jaundice jaw jewish job join joined joins joint
joints journal journals jpbo judged judgement judging jul july jun june just justifies kamilla karnofsky keep keeps
kein keine kept key keys kg ki kidney kidneys kills kinase kind kinds kleinhirn klinische knee knees knife know known
knows kontrastmittel kopf korea kps kraniotomie la label labelled labels laboratorio laboratory lack lacking
lacosamide lacuna lacune lady laid lamotrigine landscape language languages lansoprazole lapatinib larga large largely
larger largest larghezza lascia lasciava last lasting late later latest latter lavoro laws lay layer layout le lead
leads leap least leave leaves led left leg legend legge leggendo leggere leggersi leggibile leggono legs lenograstim
leptomeningea leptomeningeal leptomeninges lesion lesione lesioni lesions less lessen let lethargic letrozol letrozole
letrozolo lets letta lette letter lettera lettere letters letto lettura letture leucovorin leuprolida leuprolide
leuprorelin leuprorrelina level levetiracetam lexicon li libera libraries library licences licenze lie lies life lift
ligado light like likely limb limbs limit limitano limitata limitations limitato limite limited limiti limits limp
limping linac line linea linear linee lines link links lip lipegfilgrastim liposomal lipossomal lips liquor liquorale
list listed listing listings lists little live livelli livello liver lives living lmd lo loaded lobe lobes lobular
local locale locali locally localmente locator lock locked logic lonely long longer longest lontani look looked
loperamide loro loses loss lost lots low lower lowers lugol lumbar lump lumps lung lunghi lungo lungs lvef lying lymph
lymphoedema lysosomes ma macroscopy madam madame made maggior maggiore magnetic mai main mainly maintained maintenance
major make makes malattia male mammakarzinom mammario man manageable management manca mancano mandatory mano
mantenimento manterrebbe manterrebbero manufacturer many mar march marchio margetuximab mark marked marker markers
marks married maschile mass massa massimo mastectomy match material matter matters maximal may maybe mdt mean means
meant measurable measure measured measurement measures mechanism media median mediana mediano medians mediastinal
medica medical medication meds medulla medullary meet meeting meets meglio memantina memantine memo memory meningeosis
meninges meningitis meno menopausale menopause mental mention mentre menu merit mescolate mese mesi mesna message
messaggio met metastase metastasen metastases metastasi metastasis metastatic metastatica metastatiche metastatico
methods methotrexate methylprednisolone metilprednisolone metoclopramide metotrexato mettono mezzanotte mg microlitre
micropapillary microscopy midbrain midnight midollare midollo might migliaia miglioramento migliore migliori mild
minimal minimo minimum minuscolo misleads miss missed missing mista mistake misura misurabile misurata misurati
misurato mixed mixes ml mm mme mobile mobility modality moderate modest modifica modificare modificate modifiche
modified modifies modo modular module modules modulo molecular molecule molecules molto momenti momento mon monday
monitoring monoclonal monotherapy monsieur month months mood more morning morte most mostly mostra mostrare mostrato
mother motivi motivo motor mouth move moves mr mri mrs ms msgid msgstr mtb much mucinous mucositis muga multicenter
multicentre multidisciplinare multidisciplinary multifraction multiplanar multiple multiplo multivariable mum murmur
muscle muslim must mutants mutated mutation mutato nail nails name named names narrative narrow narrower narrows
nascita nasconde nascondi nascosti national nature nausea nccn ne near nearest necessari necessaria necessarie
necessario necessary neck necrosi necrosis need needed needing needs negative negativo negli nei neighbouring neither
nel nella nelle nello neo neoadiuvante neoadjuvant neoplastic nephew neppure neratinib nero nerve nerves nervoso
nervous nessun nessuna nessuno nested netupitant network neuro neurochirurgia neurological neurologically neurologici
neurologico neurologist neurology neuropathy neuropatia neuroradiologia neuroradiologist neuroradiologo neuroradiology
neurosurgeon neurosurgery neurosurgical neutral neutro neutropenia never new newer newest newly news next ngs niece
night nights nine no nobody nodal node nodes nome nomi nomina nominato non none nor normal normale nose not nota
notable note noted notes nothing noti notices noto nottingham nov novalis novel november novo now npj nplurals nst
nstemi nuanced null nulla numb number numbered numbers numbness numerator numerators numeri numeric numerically numero
numerous nuova nuovi nuovo nurse nurses nursing obbligatorio obese obiettivi observation observational occasional
occipital occupation occur oct october octreotide odd odds odem oedema oedematous oesophageal oesophagus oestrogen of
off offered office offre often oggi ogni ohne olanzapine olaparib old older oltre omeprazole ommaya on once oncologia
oncologica oncologist oncologists oncology oncotype ondansetron one ones ongoing online only open opened opening opens
opinion opinione opportunistic oppure optic option optional options opzione opzioni or ora oral orario orbits order
ordered ordine organ organised organs orientated oriented origin original ormonali orr os osservazione
ostrogenrezeptor other others otherwise ottengono our out outcome outcomes outline outlook outpatient output outside
outstanding over overall overcoming overexpression overlap overstate overturning owed owes own owner oxaliplatin
oxcarbazepine pacchetto package packages packaging packet paclitaxel page pages paget pagina pagine pain painful pair
pairs palbociclib palbociclibe pale palette palliation palliative palonosetron palpable palsy pamidronate pamidronic
pane panel panellists panels panencefalica pantoprazole paper papilloedema paragraph parallel paralysis parent parents
paresis pari parietal parkinson parole part parte parti partial particular partner parto parts party parziale pas pass
passato passed passes passi password past path pathologist pathology paths pathway pathways patient patients patologia
patritumab pause paziente pazienti pci pdf pe pegfilgrastim peggioramento peguilada pegylated pelvic pelvis
pembrolizumab pending people per perampanel percent percentage percentages percentuale perception percorso performance
perfusion perhaps perifocal perilesional perimenopausa perimenopausal periodo permeability permeable permeate permette
person persona personal personale pertuzumab pertuzumabe pesano pesare pet pfs pgr phase phenix phenytoin phila phone
physician physio physiotherapist physiotherapy pianificata pianificazione piano piattaforma piccola piccole piccolo
picture pictures pip pipe pipeline pituitary pivotal place placebo places plain plan planned planning plasma platelets
platform platinum played pleural plt plural plus pneumocystis pneumonia pneumonitis pochi pocket poi point points
polish polmonare polmone polmonite pone pons pool pooled pooling poor poorly popolazione population populations
portable portatile portato portuguese position positiva positive positivo posizione possa possibile possibility
possible possono post postcentral posted poster posterior posteriore posti postmenopausa postmenopausal posto potent
potential poteva potuti potuto power ppi pr practice practices praises pre precede precedente precedenti precedenza
precise preciso precoce predate predefinita predefinito predictive prednisolone prednisone predominantly prefer
preference preferences preferenze preferred prefers pregnancy pregnant prelevato preliminary premenopausa
premenopausal preparare preparation preparazione preparer preparing prescribed prescribing prescription present
presentation presentations presente presented presenter presenti presents preserved preso press pressing pressure
presunta pretreated prev preventing previous previously previsto prima primario primary primitivo primo print printed
printer prints prior private probabile probable problem problema problemi problems procedure process prodotto product
prof professional professionals professor progesterone progesteronrezeptor prognosis prognostica program programma
programmato programme programmes programs progress progressed progresses progressing progression progressione
progressive prolonged promising pronto prophylaxis proposals proposed proposta propri propria prosegue prospective
prospettico prossima prossimo protected protects protetto protezione protocol proton provare provata prove proven
provide psa pt pubblicata pubblicate pubblicati pubblicato pubblicazione public publication publications published
pulmonary pulse pump pumps puncture punteggi punteggio punti punto pure put puts pyproject pyrotinib python qualcosa
qualcuno quale quali qualifying quality qualsiasi qualunque quando quanto quartiles quartz quattro quei quel quella
quelle quelli quello quesito questa queste questi question questione questo qui quiet quimioterapia quindi quote
quoted quotes quoting raccolta racecadotril radiation radiochirurgia radiologia radiological radiologically
radiologist radiology radionecrosi radionecrosis radiosurgery radioterapia radiotherapist radiotherapy rado raggiunto
ragionevole raised raises random randomisation randomised randomized randomizzato range ranges ranked ranking ranks
rano rapidly rapido rapporto rarely rash rate rated ratio rationale ratios raynaud reach reached reaction read
readable reader readers readiness reading readings reads ready real reason reasonable reasons rec recall receive
received recent recente recenti receptor receptors recettori recettoriale recettoriali rechts recidiva recist
recommendation recommended record recorded recording records recovered recruiting recruitment recs recuperato
recurrence recurrent reduced reduction ref reference references referral referred refertato referto refractory refuses
regimen regimens region regional regions register registered registher registra registrata registrate registrati
registrato registrazione registro registry regola regole regulators reirradiated reirradiazione relapse relapsed
related relative relatives relatore release released releases reliance remaining remark remission remissione remove
removed renal renale rene reparto repeat repeated reperto replace replaced report reported reportlab reports request
requests require required requires research resectability resected resection resektion resembles residua residual
resistance resolved resonance resources responded responders responding responsabile response responses rest resta
restated rested resting resto restored restricted restringe rests result resultats results resumed retired
retrospective retrospettivo reversible review reviewed reviewers reviewing revisionata revisione rezetecan rib
ribociclib ribociclibe ribs ricerca richiamare richiedere richieste ricominci ridisegnata rifatta riferimenti
riferimento rifiuta rifiutato riga righe right riguarda rimanda rimasto rimuovere rimuoverlo rinviata riporta
riportare riportato riprovare riquadro rischio riscontro riscrivere rise rising risk risorse risparmia risparmio
rispetto risponde risposta ristretta risultati risultato ritagliata ritardo riunione rivisti rivolgersi romanian
romberg room root route routes routine row rows rule ruled rules run running runs russian sa sacituzumab sacituzumabe
sacral sad safe safely safety sagittal said salt salvage salvare salvarlo salvataggio salvato salvo same sanguinamenti
sapere sat saturday save saved saving saw say says sbrt scale scales scan scans scared sceglie scegliere sceglierne
scelta scelte scelto schadel scheda schedule schema schermo school scope score scored screen screening scritta scritto
scrittura scrive scrivere scriverlo scrivono scuro se search second secondaria secondary secondo section sections sede
sedi see seen sees segnala segnarla segnata segni segno seguito sein seit seizure seizures seldom selected selection
selectively selectivity sella senor senora senso sensory sent sentence sentences sentita sentite sentiti sentito senza
sep separano separate separated separately separates separati sept september sequence sequencing sequential series
serious serve served sessions set setron sets settimane setting settings settle settled settles seven several severe
sex sezione sfuggire sguardo share shared shares she sheets shipped short shorten shortened shortens shorter shorthand
should shoulder show shower shown shows shrank shrinkage si sia siano sick sickness side sig sight sign signal
signalling signature signed significa significant significantly signor signora signs silent simboli simbolico similar
since single singolo sinistra sintomatica sintomi sintomo sinus sinuses sir sistema sistemica sistemico sister sisters
site sites sits situ six size sizes sjogren skeleton skin skipped skull sleep sleeps sleepy slept slide slides slight
slip slow slurred small smaller smallest smoker smokes smoking snapshot so soak social soddisfatti soddisfatto sodium
soglia sola solid solitary solo some something somiglia sommare somministrati somministrato sono soon sopra
sopravvivenza sore sorge sorgente sorting sospeso sospetta sostituisce sotto source sourced sources sovrapposizioni
sovrapposto space spaces spalle spanish spare spares spazio speak speaks specimen specimens spect spectroscopy speech
speed spellings spento spesso spiega spinal spinale spine spleen split spoken sponsor spostano spouse spread sr sra
src srs srt sta stabile stabili stabilisation stability stable stadiato stadiazione stadio stage staged staging
stained stairs stampa stampante stampare stampata stampato stand standard standing stanno start started starting
starts stata state stated statement statements states stati stato status stay stayed stays stem step steps stepwise
stereotactic stereotassica sternum steroid steroide steroids stessa stessi stesso stiff still stomach stool stools
stop stopped stopping stops storia straight strategy stratification stratum strength stroke strong strongly studi
studiate studied studies studio study su sua subcortical subcutaneous subgroup subgroups subhazard subito
submandibular submitting subset subtype subtypes subunit success successiva successive successivo such sue suffix
suggestive suggests sul sulcal sulla sum summaries summarised summary sums sun sunday suo suoi superati superato
superseded supplies supportive supporto supports supposizione supraclavicular supratentorial surgeon surgeons surgery
surgical surveillance survival survivors suspected suspicion swallowing swelling swiss switch switched swollen symbol
symbolic symmetric symptom symptomatic symptoms syncope syndrome synonym system systematic systemic systems tabella
table tables tace take taken takes talazoparib talk tall tamoxifen tamoxifeno tardi target targeted targets tasti
tastiera tavolozza taxane taxanes taxol tchp tdm tdxd teacher teaching team tearful technique tecnica teeth tell
temozolomida temozolomide tempo temporal temporanei temporary ten tenerne tentorium tenuto terapia terms terze terzo
test testato tested testi testing testo tests text texts thalamus than thank thanks that the their them themes
themselves then therapies therapy there therefore these thesis they thin thing things thinned third thirsty thirty
this thoracic those though thought thousands thp three threshold throat thrombosis through throughout thu thursday
thyroid tied tiene time timed timely times timing tingling tipo tired tiredness tissue title titled tnbc tnm to
toccate today toe toes together toglierlo tolerance tolerated tolti tolto tongue tonight tonsillar too took tools
topic topiramate topotecan topotecano toremifene total totale touch touched toxic toxicity tra tracciato training
transaminase transaminases transferable translated translation transport transthoracic trastuzumabe trasversale
trasverso trattamenti trattamento trattata trattate trattini travel travels treat treated treating treatment
treatments tremor trend trial trials tried tries trigger trimester trimestre trip triptorelin triptorrelina tronco
tropisetron troppo trouble troubles trova trovato true truebeam trusted truth try tucatemeb tucatinib tue tuesday
tumor tumore tumors tumour tumours turkish turned turns tutor tutta tutte tutti tutto twenty twice twitching two type
typed types tyrosine ukrainian ulcer ultimo ultralow un una unattributed unavailable uncertain unchanged uncle und
undated under understands understood undo undone uneven unexpected unica uninstalls unit units univariable universal
unknown unless unmet unnamed uno unpacks unplanned unreadable unrecorded unresectable unresected unsafe unsaved
unsettled unsolved unstable unstated unsteady unsuitable untested until untreated unwell up update updated upper upset
uptake urgency urgent urgente urgenti urgently urgenza urinary urine usable usano usare usato use used useful user uso
uterus utidelone utile utilizzabile va vale valeva valgono validated validation valido valore valori valproate
valproic value values valuta valutabile valutata valutate valutati valutato valutatore valutatori valutazione
valutazioni vanno variable variant variation various vecchia vecchio vedere vedersi vedono vedotin vein venosa
ventricle ventricles ventricolare ventricular ventriculitis vergleich verifica verificare verification verificato
verify vermis version versione versioni versions versus vertigo very vi via viceversa vicina vicino video viene view
vignette vinorelbina vinorelbine virgola virgole virus vision visit visits visual vita vmat vocabulary voce voci voice
volta volte volume volumetric volumetrica vomiting vomits vorbekannte voruntersuchung vostri vs vuol vuole vuota vuoto
wait waiting waits wakes walk walker walking walks wants ward warm warning wary was watch way ways wbrt wcc we weak
weakness weather web wed wednesday week weekly weeks weigh weighed weighs weight well went were what whatever wheel
wheelchair when where whether which while who whole whom whose why wide wider widgets widow widowed widower width wife
wild will window wishes with within without woman women word worded wording words work workarounds worked worker
working works worldwide worried worries worse worsen worsened worsening would wound wrist writable write writes
writing written wrong wrote xarelto yardstick year years yellow yes yet you young younger youngest yours zanidatamab
zh zoledronate zoledronic zone zones
"""
ORDINARY = frozenset(_WORDS.split())
_NAMES_TOO = """
alba alt amber angel april art ash autumn bank bell bella berry best bill black blanc bloom blue bois bond brook
brown bush chance chase church clay cliff conti cook costa crystal daisy dale dawn day dean dell dolce dolores duke
earl eve faith fields flower ford forest fox frank free french gale gay glen gold good grace grand grant gray green
grey gross gut hall harp hazel heath heather herbst hill holly hope hunt hunter jack jade jewel joy judge june jung
king klein knight kurz lake lane lang law lily long love major mark marsh may melody mercy miles mill misty mont
moss neu noir north olive page park pearl penny pepper petit pool poppy price prince queen rain ray read reed reich
rey rich river robin rock rosa rose rosemary ruby rusty sage sand schwarz short sky smart snow sommer south spring
star stark steel stern stone storm strange street summer summers sunny sweet temple terry thorn verde violet vita
walker wall ward waters weiss west white wild will winter wise wolf wood woods wren young
"""
NAMES_TOO = frozenset(_NAMES_TOO.split())
"""Names that are words as well. None is cut alone; each is shown where it begins with a capital."""

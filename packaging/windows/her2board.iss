; UNTESTED: written on Linux, never compiled or run. See packaging/RELEASING.md, "Windows".
; Inno Setup 6. Build the bundle first:  .venv\Scripts\python packaging\bundle.py
; then:  iscc /DVersion=0.1.0 packaging\windows\her2board.iss
; The packet build (HER2BOARD_BUILD=packet when the bundle is made):  iscc /DVersion=0.1.0 /DPacket packaging\windows\her2board.iss
;
; Installs for the one who runs it, without an administrator. Removing it deletes what it brought and the settings of
; the window, never a case: no line below names a folder in which cases are kept.

#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0
#endif

#ifdef Packet
  #define Bundle "..\..\dist\packet\bundle\her2board"
  #define Called "her2board-packet"
#else
  #define Bundle "..\..\dist\bundle\her2board"
  #define Called "her2board"
#endif

[Setup]
AppId={{6B0A6C53-3D2B-4E0B-9E5E-8D0C1E6B7A41}
AppName=her2board
AppVersion={#Version}
AppPublisher=The her2board engineers
DefaultDirName={localappdata}\Programs\her2board
DefaultGroupName=her2board
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename={#Called}-{#Version}-windows-x64-setup
Compression=lzma2/max
SolidCompression=yes
SetupIconFile=..\..\build\icons\her2board.ico
UninstallDisplayIcon={app}\her2board.exe
WizardStyle=modern
; Signing: give iscc /Ssigner="signtool sign /fd SHA256 /tr TIMESTAMP_SERVER /td SHA256 /n SUBJECT $f" and uncomment:
; SignTool=signer
; SignedUninstaller=yes

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[InstallDelete]
; An older version's modules must not be found beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\her2board"; Filename: "{app}\her2board.exe"
Name: "{userdesktop}\her2board"; Filename: "{app}\her2board.exe"; Tasks: desktopicon

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Registry]
Root: HKCU; Subkey: "Software\Classes\.her2case"; ValueType: string; ValueData: "her2board.case"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\.her2case"; ValueType: string; ValueName: "Content Type"; ValueData: "application/vnd.her2board.case+json"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\her2board.case"; ValueType: string; ValueData: "her2board case"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\her2board.case\DefaultIcon"; ValueType: string; ValueData: "{app}\her2board.exe,0"
Root: HKCU; Subkey: "Software\Classes\her2board.case\shell\open\command"; ValueType: string; ValueData: """{app}\her2board.exe"" ""%1"""
Root: HKCU; Subkey: "Software\her2board"; Flags: dontcreatekey uninsdeletekey

[Run]
Filename: "{app}\her2board-cli.exe"; Parameters: "--self-check"; StatusMsg: "Checking the installation"; Flags: runhidden
Filename: "{app}\her2board.exe"; Description: "{cm:LaunchProgram,her2board}"; Flags: nowait postinstall skipifsilent

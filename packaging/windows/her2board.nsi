; UNTESTED on Windows: compiled on Linux (packaging/prove.sh), never run. The same installation as her2board.iss, for
; whoever has no Inno Setup:  makensis -DVERSION=0.1.0 -DBUNDLE=dist/bundle/her2board packaging/windows/her2board.nsi
;
; Installs for the one who runs it, without an administrator. Removing it deletes what it brought, never a case.

Unicode true
!ifndef VERSION
  !error "Give the version: -DVERSION=0.1.0"
!endif
!ifndef BUNDLE
  !error "Give the bundle: -DBUNDLE=dist/bundle/her2board"
!endif
!ifndef OUTPUT
  !define OUTPUT "her2board-${VERSION}-windows-x64-setup.exe"
!endif
!define GONE "Software\Microsoft\Windows\CurrentVersion\Uninstall\her2board"

Name "her2board ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\her2board"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "her2board"
VIAddVersionKey "FileDescription" "her2board ${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The her2board engineers, Apache-2.0"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  SetShellVarContext current
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\her2board.lnk" "$INSTDIR\her2board.exe"
  WriteRegStr HKCU "Software\Classes\.her2case" "" "her2board.case"
  WriteRegStr HKCU "Software\Classes\her2board.case" "" "her2board case"
  WriteRegStr HKCU "Software\Classes\her2board.case\DefaultIcon" "" "$INSTDIR\her2board.exe,0"
  WriteRegStr HKCU "Software\Classes\her2board.case\shell\open\command" "" '"$INSTDIR\her2board.exe" "%1"'
  WriteRegStr HKCU "${GONE}" "DisplayName" "her2board"
  WriteRegStr HKCU "${GONE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${GONE}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; the desktop learns of the new association
SectionEnd

Section Uninstall
  SetShellVarContext current
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\her2board.exe"
  Delete "$INSTDIR\her2board-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when empty: a case somebody saved here stays
  Delete "$SMPROGRAMS\her2board.lnk"
  DeleteRegValue HKCU "Software\Classes\.her2case" ""
  DeleteRegKey HKCU "Software\Classes\her2board.case"
  DeleteRegKey HKCU "${GONE}"
SectionEnd

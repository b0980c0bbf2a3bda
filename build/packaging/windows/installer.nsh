; What the EXE does besides copying files. Included by electron-builder's own script; see docs/operations.md.

!include "FileFunc.nsh"
!include "LogicLib.nsh"

; The station's data is machine-wide, closed to everybody but the system, administrators and the local group that the
; station's account is put into. S-1-5-18 is the system, S-1-5-32-544 the administrators, in every language of Windows.
!macro customInstall
  ReadEnvStr $R8 "ProgramData"
  ${If} $R8 != ""
    CreateDirectory "$R8\Ridgeway"
    nsExec::ExecToLog '"$SYSDIR\net.exe" localgroup Ridgeway /add'
    Pop $R9
    nsExec::ExecToLog '"$SYSDIR\icacls.exe" "$R8\Ridgeway" /inheritance:r /grant "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "Ridgeway:(OI)(CI)M"'
    Pop $R9
  ${EndIf}
!macroend

; Data is evidence: it stays, unless the uninstaller was started with /DELETEDATA, and never goes at an upgrade.
!macro customUnInstall
  ${GetParameters} $R8
  ClearErrors
  ${GetOptions} $R8 "/DELETEDATA" $R9
  ${IfNot} ${Errors}
    ${IfNot} ${isUpdated}
      ReadEnvStr $R8 "ProgramData"
      ${If} $R8 != ""
        RMDir /r "$R8\Ridgeway"
      ${EndIf}
    ${EndIf}
  ${EndIf}
!macroend

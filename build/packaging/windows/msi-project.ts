import { readFile, writeFile } from 'node:fs/promises';

/** Where the station's data lies; the folder is closed to all but system, administrators and the group `Ridgeway`. */
const DATA = '[CommonAppDataFolder]Ridgeway';
const RIGHTS = '*S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F Ridgeway:(OI)(CI)M';
const MAKE_DATA = [
  `mkdir &quot;${DATA}&quot;`,
  'net localgroup Ridgeway /add',
  `icacls &quot;${DATA}&quot; /inheritance:r /grant ${RIGHTS}`,
].join(' &amp; ');
const REMOVE_DATA = `rmdir /s /q &quot;${DATA}&quot;`;

/** One action as the system, whose failure does not undo an installation: the station says itself what it cannot write. */
function action(id: string, command: string): string {
  const shell = `&quot;[SystemFolder]cmd.exe&quot; /s /c &quot;${command}&quot;`;
  const how = 'Execute="deferred" Impersonate="no" Return="ignore"';
  return `    <CustomAction Id="${id}" Directory="TARGETDIR" ExeCommand="${shell}" ${how}/>`;
}

/**
 * Adds to electron-builder's MSI project that an installation makes the data folder, and that
 * `msiexec /x … DELETEDATA=1` removes it; without the property, and at an upgrade, data stays.
 * @throws Error when the project has no place for it, which a new electron-builder could bring
 */
export function withDataFolder(project: string): string {
  const end = '  </Product>';
  if (project.split(end).length !== 2) throw new Error('the MSI project is not as it was: no single </Product>');
  const added = [
    '    <Property Id="DELETEDATA" Secure="yes"/>',
    action('makeData', MAKE_DATA),
    action('removeData', REMOVE_DATA),
    '    <InstallExecuteSequence>',
    '      <Custom Action="makeData" Before="InstallFinalize"><![CDATA[NOT (REMOVE="ALL")]]></Custom>',
    '      <Custom Action="removeData" Before="InstallFinalize">' +
      '<![CDATA[REMOVE="ALL" AND DELETEDATA="1" AND NOT UPGRADINGPRODUCTCODE]]></Custom>',
    '    </InstallExecuteSequence>',
  ];
  return project.replace(end, () => [...added, end].join('\n'));
}

/** Called by electron-builder with the file of its MSI project, before WiX reads it. */
export async function addDataFolder(projectFile: string): Promise<void> {
  await writeFile(projectFile, withDataFolder(await readFile(projectFile, 'utf8')));
}

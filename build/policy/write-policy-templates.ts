/** `npm run policy:templates`: writes the machine policy's JSON Schema, ADMX and ADML into `.out/policy`. */
import path from 'node:path';
import { writePolicyTemplates } from './policy-files.ts';

await writePolicyTemplates(path.resolve(import.meta.dirname, '../../.out/policy'));
console.log('.out/policy');

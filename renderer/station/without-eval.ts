import { config } from 'zod';

// The page's content security policy forbids `eval`. Zod probes for it when a schema is built, which would be reported as
// a breach of the policy; this module is imported before every other, so that it never tries.
config({ jitless: true });

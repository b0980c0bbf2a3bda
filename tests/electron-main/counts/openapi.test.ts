import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  countDocument,
  deliveryReceipt,
  revisionTaken,
  signedDocument,
} from '../../../electron/counts/count-document.ts';

const ofFile = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

test.each([
  ['SignedDocument', signedDocument],
  ['CountDocument', countDocument],
  ['DeliveryReceipt', deliveryReceipt],
  ['RevisionTaken', revisionTaken],
])('the schema %s of the OpenAPI file is that of the code', async (name, schema) => {
  const { components } = ofFile.parse(JSON.parse(await readFile('docs/counts-api.openapi.json', 'utf8')));

  const { $schema: _, ...ofCode } = z.toJSONSchema(schema, { unrepresentable: 'any' });

  expect(components.schemas[name]).toEqual(JSON.parse(JSON.stringify(ofCode)));
});

test('the OpenAPI file names every path that the collector serves', async () => {
  const { paths } = ofFile.parse(JSON.parse(await readFile('docs/counts-api.openapi.json', 'utf8')));

  expect(
    Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`)),
  ).toEqual([
    'post /v1/documents',
    'put /v1/stations',
    'get /v1/forces/{force}/tables',
    'get /v1/forces/{force}/stations/{station}/anchors',
  ]);
});

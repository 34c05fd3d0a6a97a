// Writes src/wire/schema.ts from the server's OpenAPI description: `carillon openapi | npm run wire`,
// or `npm run wire -- openapi.json`. The same description always gives the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import openapi, { astToString } from 'openapi-typescript';

const description = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'));
const schema = await openapi(description, { alphabetize: true });
const head = '// Generated from the server by tools/wire.mjs. Do not edit.\n\n';
writeFileSync(new URL('../src/wire/schema.ts', import.meta.url), head + astToString(schema));

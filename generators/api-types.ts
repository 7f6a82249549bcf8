/** Writes dashboard/src/api-types.ts from the description of the API. Run as `node generators/api-types.ts`. */
import { fileURLToPath } from 'node:url'
import { writeFileSync } from 'node:fs'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { format, resolveConfig } from 'prettier'
import { describeApi, type Description } from './describe-api.ts'

const FILE = fileURLToPath(new URL('../dashboard/src/api-types.ts', import.meta.url))
const HEAD = `/** What the API answers. Written by \`node generators/api-types.ts\` from its description. */\n\n`
const JSON_TYPE = 'application/json'
/** Declarations to keep; openapi-typescript also emits others, which the page does not need. */
const KEPT = ['paths', 'components']

/** Returns the types of what the page reads: JSON answers to GET, by path, and live messages, by topic. */
export async function apiTypes(): Promise<string> {
  const nodes = await openapiTS(readOnly(await describeApi()), { immutable: true })
  const kept = nodes.filter((node) => 'name' in node && KEPT.includes((node.name as { readonly text: string }).text))
  return format(HEAD + astToString(kept), { ...(await resolveConfig(FILE)), filepath: FILE })
}

function readOnly({ openapi, info, paths }: Description): OpenAPI3 {
  const read = Object.entries(paths).flatMap(([path, { get }]) => {
    const answer = get?.responses['200']
    if (answer?.content?.[JSON_TYPE] === undefined) return []
    return [[path, { get: { parameters: get?.parameters ?? [], responses: { 200: answer } } }]]
  })
  const messages = Object.values(paths).map(({ get }) => get?.['x-messages'] ?? {})
  return { openapi, info, paths: Object.fromEntries(read), components: { schemas: Object.assign({}, ...messages) } }
}

if (import.meta.main) writeFileSync(FILE, await apiTypes())

/** Checks messages against the schemas of @jambonz/schema, which jambonz itself uses. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const { validateApp } = require('@jambonz/schema') as {
  validateApp(verbs: unknown): { readonly valid: boolean; readonly errors: unknown }
}

interface Check {
  (value: unknown): boolean
  readonly errors?: unknown
}
const folder = dirname(require.resolve('@jambonz/schema/package.json'))
const Ajv = createRequire(join(folder, 'package.json'))('ajv') as new (options: object) => {
  addSchema(schema: object): void
  getSchema(id: string): Check | undefined
}
const ajv = new Ajv({ strict: false, validateSchema: false, logger: false })
for (const name of readdirSync(join(folder, 'callbacks')))
  ajv.addSchema(JSON.parse(readFileSync(join(folder, 'callbacks', name), 'utf8')) as object)

/** Throws if jambonz would refuse the verbs. */
export function checkVerbs(verbs: unknown): void {
  const { valid, errors } = validateApp(verbs)
  if (!valid) throw new Error(`jambonz refuses ${JSON.stringify(verbs)}: ${JSON.stringify(errors)}`)
}

/** Throws if jambonz would not send such data; `callback`: `session-new`, `gather`, `call-status`, `verb-status`, `amd`. */
export function checkCallback(callback: string, data: unknown): void {
  const check = ajv.getSchema(`https://jambonz.org/schema/callbacks/${callback}`)!
  if (!check(data)) throw new Error(`jambonz sends no such ${callback}: ${JSON.stringify(check.errors)}`)
}

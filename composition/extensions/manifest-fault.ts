import type { Extension } from '../../subjects/extension.ts'

type Lists = Required<Omit<Extension, 'name' | 'webhookSources'>>

/** What each entry of a list has at least; types are checked by the compiler, this is for manifests that it never saw. */
const LISTS: { readonly [Name in keyof Lists]: Readonly<Record<string, string>> } = {
  topics: { name: 'string', schema: 'object', keyOf: 'function', role: 'string' },
  featureSets: { id: 'string', names: 'object', descriptions: 'object' },
  processors: {
    ...{ name: 'string', version: 'number', purpose: 'string', inputs: 'object', outputs: 'object', state: 'object' },
    ...{ decisionState: 'object', features: 'object', subjects: 'function', row: 'function', decide: 'function' },
  },
  learnableTasks: { task: 'string', algorithm: 'string', features: 'object' },
  detectors: { kind: 'string', group: 'string', means: 'string', weights: 'object', detect: 'function' },
}
const FIELDS = ['name', ...Object.keys(LISTS), 'webhookSources']
/** A name is part of topics, groups and files. */
const NAME = /^[a-z][a-z0-9-]{0,99}$/

/** Returns what is wrong with a manifest and what to do; `undefined` if nothing is. */
export function manifestFault(exported: Readonly<Record<string, unknown>>): string | undefined {
  const { extension } = exported
  if (!isObject(extension))
    return 'it exports no `extension`. Export its manifest: `export const extension: Extension = { name: … }`.'
  const unknown = Object.keys(extension).find((field) => !FIELDS.includes(field))
  if (unknown !== undefined) return `\`extension\` has an unknown field ${unknown}. It may have: ${FIELDS.join(', ')}.`
  if (typeof extension['name'] !== 'string' || !NAME.test(extension['name']))
    return '`extension.name` must be a word of small letters, digits and hyphens, such as loyalty.'
  const sources = extension['webhookSources']
  if (sources !== undefined && !isObject(sources))
    return '`extension.webhookSources` must be an object of sources by name.'
  for (const [list, fields] of Object.entries(LISTS)) {
    const fault = listFault(`extension.${list}`, extension[list], fields)
    if (fault !== undefined) return fault
  }
  return undefined
}

function listFault(place: string, list: unknown, fields: Readonly<Record<string, string>>): string | undefined {
  if (list === undefined) return undefined
  if (!Array.isArray(list)) return `\`${place}\` must be a list.`
  for (const [index, entry] of list.entries()) {
    const wrong = Object.entries(fields).find(([field, type]) => !isObject(entry) || typeof entry[field] !== type)
    if (wrong !== undefined)
      return `\`${place}[${index}].${wrong[0]}\` must be a value of type ${wrong[1]}. Check it with tsc against the types of scoreline.`
  }
  return undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

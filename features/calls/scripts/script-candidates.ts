import type { ScriptTemplate } from '../../../schemas/calls/script-templates.ts'

export interface OfferedTemplate extends Pick<ScriptTemplate, 'language' | 'products' | 'groups' | 'retired'> {
  readonly name: string
  readonly version: number
}

export interface ScriptRequest {
  readonly language: string
  /** Product of the call; `undefined` if the customer’s interests decide. */
  readonly product?: string | undefined
  /** Whether the customer is known to be in the group. */
  isIn(group: string): boolean
  /** Groups by precedence for a customer in several of them; groups not listed follow by name. */
  readonly groupOrder: readonly string[]
  /** Whether the template was found worse than others for that group; `null`: for customers in no group. */
  isWorse(template: Pick<OfferedTemplate, 'name' | 'version'>, group: string | null): boolean
}

export interface ScriptCandidates<T extends OfferedTemplate> {
  /** Group of the customer whose results count; `null` if the customer is in no group that a template names. */
  readonly targetGroup: string | null
  /** Candidates in order of name. */
  readonly candidates: readonly T[]
  /** Why there are no candidates; `undefined` if there are some. */
  readonly lack: string | undefined
}

/** Returns the templates that may be chosen for a customer’s call. */
export function scriptCandidates<T extends OfferedTemplate>(
  templates: readonly T[],
  request: ScriptRequest,
): ScriptCandidates<T> {
  const { language, product, isIn, groupOrder, isWorse } = request
  const matching = templates.filter(
    (one) =>
      one.language === language &&
      !one.retired &&
      (product === undefined || one.products.length === 0 || one.products.includes(product)),
  )
  const groups = [...new Set(matching.flatMap((one) => one.groups))].filter(isIn).sort()
  const targetGroup = groupOrder.find((name) => groups.includes(name)) ?? groups[0] ?? null
  const own = matching.filter((one) => one.groups.length === 0 || one.groups.some((name) => groups.includes(name)))
  const candidates = own.filter((one) => !isWorse(one, targetGroup)).sort(byName)
  return { targetGroup, candidates, lack: candidates.length === 0 ? lackOf(matching, own, request) : undefined }
}

function lackOf(
  matching: readonly OfferedTemplate[],
  own: readonly OfferedTemplate[],
  { language, product }: ScriptRequest,
): string {
  if (matching.length === 0)
    return `No template in ${language}${product === undefined ? '' : ` that is for the product ${product}`} is in use: add one with PUT /script-templates/{name}.`
  if (own.length === 0)
    return `Every template in ${language} is for target groups that the customer is not known to be in: add one without groups.`
  const names = own.map(({ name }) => name).join(', ')
  return `${names}: found worse than others that are no longer in use. Restore one with POST /script-retirements.`
}

function byName(one: OfferedTemplate, other: OfferedTemplate): number {
  return one.name < other.name ? -1 : 1
}

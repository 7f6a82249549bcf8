/** What a template may name. Each may be missing: nothing is known of some customers. */
export interface ScriptValues {
  /** The customer’s. */
  readonly name?: string
  /** The customer’s segment. */
  readonly segment?: string
  /** What the product of the call is called in the language of the template. */
  readonly product?: string
  /** Its id. */
  readonly product_id?: string
  /** The strongest of what speaks for it, and all. */
  readonly advantage?: string
  readonly advantages?: readonly string[]
  /** What the product is called that interests the customer most. */
  readonly interest?: string
  readonly interest_id?: string
  /** Who calls. */
  readonly agent?: string
}

/** The names that templates may use, with what stands for them when a template is checked. */
export const SAMPLE: Required<ScriptValues> = {
  name: 'Ada',
  segment: 'retail',
  product: 'Savings plan',
  product_id: 'savings-plan',
  advantage: 'it is free of charge',
  advantages: ['it is free of charge', 'it can be ended at any time'],
  interest: 'Credit card',
  interest_id: 'credit-card',
  agent: 'Mary',
}

const CHARACTERS_MAX = 300

/**
 * Values as they may be said: without control characters (invisible ones and those that change the direction of writing
 * included), in one line, and not longer than anybody would say. What says nothing then is missing. Values are never
 * read as templates.
 */
export function cleanValues(values: ScriptValues): ScriptValues {
  const clean = Object.entries(values).flatMap(([name, value]): [string, string | string[]][] => {
    const said =
      typeof value === 'string' ? cleanText(value) : (value as readonly string[]).map(cleanText).filter(Boolean)
    return said.length === 0 ? [] : [[name, said]]
  })
  return Object.fromEntries(clean)
}

function cleanText(text: string): string {
  // What is taken out may have stood between two spaces, or a letter and its accent.
  const line = text
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .normalize('NFC')
    .trim()
  return Array.from(line).slice(0, CHARACTERS_MAX).join('').trim()
}

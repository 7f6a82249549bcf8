/** Values that a template may use. Any of them may be missing for a customer. */
export interface ScriptValues {
  /** Name of the customer. */
  readonly name?: string
  /** Segment of the customer. */
  readonly segment?: string
  /** Name of the call’s product in the language of the template. */
  readonly product?: string
  /** Id of that product. */
  readonly product_id?: string
  /** The product’s strongest advantage, and all of its advantages. */
  readonly advantage?: string
  readonly advantages?: readonly string[]
  /** Name of the product that interests the customer most. */
  readonly interest?: string
  readonly interest_id?: string
  /** Name of the agent. */
  readonly agent?: string
}

/** Every name that templates may use, with a sample value for checking them. */
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
 * Cleans values for output: removes control characters (invisible ones and those that change the writing direction
 * included), joins lines and caps the length. A value that is empty afterwards counts as missing. Values are never
 * parsed as templates.
 */
export function cleanValues(values: ScriptValues): ScriptValues {
  const clean = Object.entries(values).flatMap(([name, value]): [string, string | string[]][] => {
    const cleaned =
      typeof value === 'string' ? cleanText(value) : (value as readonly string[]).map(cleanText).filter(Boolean)
    return cleaned.length === 0 ? [] : [[name, cleaned]]
  })
  return Object.fromEntries(clean)
}

function cleanText(text: string): string {
  // A removed character may have separated two spaces, or a letter from its accent.
  const line = text
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .normalize('NFC')
    .trim()
  return Array.from(line).slice(0, CHARACTERS_MAX).join('').trim()
}

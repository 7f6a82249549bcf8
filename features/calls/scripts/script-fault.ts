import type { ScriptPart, ScriptTemplate } from '../../../schemas/calls/script-templates.ts'
import { firstTwice } from '../../first-twice.ts'
import { SAMPLE, type ScriptValues } from './placeholders.ts'
import { readTemplate, TemplateError, type Wording } from './template-language.ts'

type Worded = Pick<ScriptPart, 'text' | 'simpler' | 'fallback'>

/**
 * Maximum number of placeholders in a text. Every combination of missing values is checked, so each one doubles the
 * work.
 */
const PLACEHOLDERS_MAX = 6

/**
 * Returns what is wrong with a template beyond its schema; `undefined` if it can be said whatever is known of a
 * customer.
 */
export function scriptFault({ parts, answers }: Pick<ScriptTemplate, 'parts' | 'answers'>): string | undefined {
  if (parts.length === 0) return 'The template says nothing: add at least one to `parts`.'
  const twice = firstTwice(parts.map(({ id }) => id))
  if (twice !== undefined) return `Two parts have the id ${JSON.stringify(twice)}: each needs one of its own.`
  const answeredTwice = firstTwice(answers.map(({ objection }) => objection))
  if (answeredTwice !== undefined) return `The objection ${answeredTwice} has two answers: leave one.`
  for (const part of parts) {
    const fault = wordingFault(part, part.required)
    if (fault !== undefined) return `Part ${JSON.stringify(part.id)}: ${fault}`
  }
  for (const answer of answers) {
    const fault = wordingFault(answer, false)
    if (fault !== undefined) return `Answer to ${answer.objection}: ${fault}`
  }
  return undefined
}

function wordingFault({ text, simpler, fallback }: Worded, required: boolean): string | undefined {
  const wording = readOrFault(text)
  if (typeof wording === 'string') return `\`text\`: ${wording}`
  const plain = simpler === null ? undefined : readOrFault(simpler)
  if (typeof plain === 'string') return `\`simpler\`: ${plain}`
  if (fallback !== null) return undefined
  if (required && wording.placeholders.length > 0)
    return 'Add a `fallback`: it is required, and its text depends on what is known of a customer.'
  for (const values of withAndWithout(wording.placeholders))
    if (wording.say(values) === undefined)
      return `Add a \`fallback\`: the text can’t be said ${without(wording, values)}.`
  if (required && wording.say({}) === '') return 'It is required, and says nothing.'
  return undefined
}

function readOrFault(text: string): Wording | string {
  try {
    const wording = readTemplate(text, 'text')
    const unknown = wording.placeholders.filter((name) => !Object.hasOwn(SAMPLE, name))
    if (unknown.length > 0)
      return `There is no placeholder ${unknown.join(', ')}. There are: ${Object.keys(SAMPLE).join(', ')}.`
    if (wording.placeholders.length > PLACEHOLDERS_MAX)
      return `It uses ${wording.placeholders.length} placeholders, and ${PLACEHOLDERS_MAX} are the most: say it in two parts.`
    for (const values of withAndWithout(wording.placeholders)) wording.say(values)
    return wording
  } catch (error) {
    if (error instanceof TemplateError) return `This is no template that can be used: ${error.message}.`
    throw error
  }
}

function without({ placeholders }: Wording, values: ScriptValues): string {
  const missing = placeholders.filter((name) => !Object.hasOwn(values, name))
  return `where ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not known`
}

/** Yields sample values for every combination of present and missing names. */
function* withAndWithout(names: readonly string[]): Generator<ScriptValues> {
  for (let missing = 0; missing < 2 ** names.length; missing++)
    yield Object.fromEntries(
      Object.entries(SAMPLE).filter(([name]) => {
        const place = names.indexOf(name)
        return place >= 0 && (missing & (1 << place)) === 0
      }),
    )
}

import type { ScriptPart, ScriptTemplate } from '../../../schemas/calls/script-templates.ts'
import { firstDuplicate } from '../../first-duplicate.ts'
import { SAMPLE, type ScriptValues } from './placeholders.ts'
import { parseTemplate, TemplateError, type ParsedTemplate } from './template-language.ts'

type TemplateText = Pick<ScriptPart, 'text' | 'simpler' | 'fallback'>

/**
 * Maximum number of placeholders in a text. Every combination of missing values is checked, so each one doubles the
 * work.
 */
const PLACEHOLDERS_MAX = 6

/**
 * Returns what is wrong with a template beyond its schema; `undefined` if it can be said whatever is known of a
 * customer.
 */
export function validateScript({ parts, answers }: Pick<ScriptTemplate, 'parts' | 'answers'>): string | undefined {
  if (parts.length === 0) return 'The template says nothing: add at least one to `parts`.'
  const twice = firstDuplicate(parts.map(({ id }) => id))
  if (twice !== undefined) return `Two parts have the id ${JSON.stringify(twice)}: each needs one of its own.`
  const answeredTwice = firstDuplicate(answers.map(({ objection }) => objection))
  if (answeredTwice !== undefined) return `The objection ${answeredTwice} has two answers: leave one.`
  for (const part of parts) {
    const fault = validateText(part, part.required)
    if (fault !== undefined) return `Part ${JSON.stringify(part.id)}: ${fault}`
  }
  for (const answer of answers) {
    const fault = validateText(answer, false)
    if (fault !== undefined) return `Answer to ${answer.objection}: ${fault}`
  }
  return undefined
}

function validateText({ text, simpler, fallback }: TemplateText, required: boolean): string | undefined {
  const wording = parseOrFault(text)
  if (typeof wording === 'string') return `\`text\`: ${wording}`
  const plain = simpler === null ? undefined : parseOrFault(simpler)
  if (typeof plain === 'string') return `\`simpler\`: ${plain}`
  if (fallback !== null) return undefined
  if (required && wording.placeholders.length > 0)
    return 'Add a `fallback`: it is required, and its text depends on what is known of a customer.'
  for (const values of valueCombinations(wording.placeholders))
    if (wording.render(values) === undefined)
      return `Add a \`fallback\`: the text can’t be said ${without(wording, values)}.`
  if (required && wording.render({}) === '') return 'It is required, and says nothing.'
  return undefined
}

function parseOrFault(text: string): ParsedTemplate | string {
  try {
    const wording = parseTemplate(text, 'text')
    const unknown = wording.placeholders.filter((name) => !Object.hasOwn(SAMPLE, name))
    if (unknown.length > 0)
      return `There is no placeholder ${unknown.join(', ')}. There are: ${Object.keys(SAMPLE).join(', ')}.`
    if (wording.placeholders.length > PLACEHOLDERS_MAX)
      return `It uses ${wording.placeholders.length} placeholders, and ${PLACEHOLDERS_MAX} are the most: say it in two parts.`
    for (const values of valueCombinations(wording.placeholders)) wording.render(values)
    return wording
  } catch (error) {
    if (error instanceof TemplateError) return `This is no template that can be used: ${error.message}.`
    throw error
  }
}

function without({ placeholders }: ParsedTemplate, values: ScriptValues): string {
  const missing = placeholders.filter((name) => !Object.hasOwn(values, name))
  return `where ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not known`
}

/** Yields sample values for every combination of present and missing names. */
function* valueCombinations(names: readonly string[]): Generator<ScriptValues> {
  for (let missing = 0; missing < 2 ** names.length; missing++)
    yield Object.fromEntries(
      Object.entries(SAMPLE).filter(([name]) => {
        const place = names.indexOf(name)
        return place >= 0 && (missing & (1 << place)) === 0
      }),
    )
}

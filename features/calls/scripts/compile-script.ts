import type { ObjectionAnswer, ScriptPart, ScriptTemplate } from '../../../schemas/calls/script-templates.ts'
import { cleanValues, type ScriptValues } from './placeholders.ts'
import { readTemplate, type SpokenAs } from './template-language.ts'

type Worded = Pick<ScriptPart, 'text' | 'simpler' | 'fallback'>
export type ScriptContent = Pick<ScriptTemplate, 'parts' | 'answers'>

/** Rendered wording of one part or answer. */
export interface Said {
  readonly text: string
  /** The same in simpler words; `null` if the template has none. */
  readonly simpler: string | null
  /** Whether the fallback is said because a value was missing. */
  readonly usesFallback: boolean
}

export interface SaidPart extends Said {
  readonly id: ScriptPart['id']
  readonly required: boolean
}

export interface SaidAnswer extends Said {
  readonly objection: ObjectionAnswer['objection']
}

export interface Script {
  /** Parts in order, without those that are empty for this customer. */
  readonly parts: readonly SaidPart[]
  readonly answers: readonly SaidAnswer[]
}

/** A compiled template, which renders for many customers. */
export interface CompiledScript {
  /** Renders the script for one customer. Throws `TemplateError` if rendering exceeds the limits of templates. */
  sayTo(values: ScriptValues): Script
}

/** Compiles all texts of a template. Throws `TemplateError` if one of them is invalid. */
export function compileScript({ parts, answers }: ScriptContent, spokenAs: SpokenAs): CompiledScript {
  const compiledParts = parts.map((part) => ({ part, say: compileWording(part, spokenAs, part.required) }))
  const compiledAnswers = answers.map((answer) => ({ answer, say: compileWording(answer, spokenAs) }))
  return {
    sayTo(given) {
      const values = cleanValues(given)
      return {
        parts: compiledParts.flatMap(({ part: { id, required }, say }) => {
          const said = say(values)
          return said === undefined ? [] : [{ id, required, ...said }]
        }),
        answers: compiledAnswers.flatMap(({ answer: { objection }, say }) => {
          const said = say(values)
          return said === undefined ? [] : [{ objection, ...said }]
        }),
      }
    },
  }
}

/** Returns a renderer, which returns `undefined` if there is nothing to say for the values. */
function compileWording(
  { text, simpler, fallback }: Worded,
  spokenAs: SpokenAs,
  required = false,
): (values: ScriptValues) => Said | undefined {
  const full = readTemplate(text, spokenAs)
  const plain = simpler === null ? undefined : readTemplate(simpler, spokenAs)
  return (values) => {
    const said = full.say(values)
    const usesFallback = said === undefined || (said === '' && required)
    const spoken = usesFallback ? fallback : said
    return spoken ? { text: spoken, simpler: plain?.say(values) || null, usesFallback } : undefined
  }
}

import type { ObjectionAnswer, ScriptPart, ScriptTemplate } from '../../../schemas/calls/script-templates.ts'
import { cleanValues, type ScriptValues } from './placeholders.ts'
import { readTemplate, type SpokenAs } from './template-language.ts'

type Worded = Pick<ScriptPart, 'text' | 'simpler' | 'fallback'>
export type ScriptContent = Pick<ScriptTemplate, 'parts' | 'answers'>

/** What is said at one place of a call. */
export interface Said {
  readonly text: string
  /** In simpler words; `null`: there are none. */
  readonly simpler: string | null
  /** A value was missing: the stated fallback is said. */
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
  /** Without those that have nothing to say to this customer. */
  readonly parts: readonly SaidPart[]
  readonly answers: readonly SaidAnswer[]
}

/** A template made ready for many customers. */
export interface CompiledScript {
  /** Throws `TemplateError` for values that the template can’t be said with within its limits. */
  sayTo(values: ScriptValues): Script
}

/** Throws `TemplateError` for a text that is no template. */
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

/** Returns what says it; `undefined`: it has nothing to say to these values. */
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

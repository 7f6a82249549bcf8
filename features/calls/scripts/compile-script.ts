import type { ObjectionAnswer, ScriptPart, ScriptTemplate } from '../../../schemas/calls/script-templates.ts'
import { cleanValues, type ScriptValues } from './placeholders.ts'
import { parseTemplate, type OutputFormat } from './template-language.ts'

type TemplateText = Pick<ScriptPart, 'text' | 'simpler' | 'fallback'>
export type ScriptContent = Pick<ScriptTemplate, 'parts' | 'answers'>

/** Rendered wording of one part or answer. */
export interface RenderedText {
  readonly text: string
  /** The same in simpler words; `null` if the template has none. */
  readonly simpler: string | null
  /** Whether the fallback is said because a value was missing. */
  readonly usesFallback: boolean
}

export interface RenderedPart extends RenderedText {
  readonly id: ScriptPart['id']
  readonly required: boolean
  readonly answeredBy: ScriptPart['answeredBy']
}

export interface RenderedAnswer extends RenderedText {
  readonly objection: ObjectionAnswer['objection']
}

export interface Script {
  /** Parts in order, without those that are empty for this customer. */
  readonly parts: readonly RenderedPart[]
  readonly answers: readonly RenderedAnswer[]
}

/** A compiled template, which renders for many customers. */
export interface CompiledScript {
  /** Renders the script for one customer. Throws `TemplateError` if rendering exceeds the limits of templates. */
  render(values: ScriptValues): Script
}

/** Compiles all texts of a template. Throws `TemplateError` if one of them is invalid. */
export function compileScript({ parts, answers }: ScriptContent, spokenAs: OutputFormat): CompiledScript {
  const compiledParts = parts.map((part) => ({ part, renderText: compileWording(part, spokenAs, part.required) }))
  const compiledAnswers = answers.map((answer) => ({ answer, renderText: compileWording(answer, spokenAs) }))
  return {
    render(given) {
      const values = cleanValues(given)
      return {
        parts: compiledParts.flatMap(({ part: { id, required, answeredBy }, renderText }) => {
          const rendered = renderText(values)
          return rendered === undefined ? [] : [{ id, required, answeredBy, ...rendered }]
        }),
        answers: compiledAnswers.flatMap(({ answer: { objection }, renderText }) => {
          const rendered = renderText(values)
          return rendered === undefined ? [] : [{ objection, ...rendered }]
        }),
      }
    },
  }
}

/** Returns a renderer, which returns `undefined` if there is nothing to say for the values. */
function compileWording(
  { text, simpler, fallback }: TemplateText,
  spokenAs: OutputFormat,
  required = false,
): (values: ScriptValues) => RenderedText | undefined {
  const full = parseTemplate(text, spokenAs)
  const plain = simpler === null ? undefined : parseTemplate(simpler, spokenAs)
  return (values) => {
    const rendered = full.render(values)
    const usesFallback = rendered === undefined || (rendered === '' && required)
    const spoken = usesFallback ? fallback : rendered
    return spoken ? { text: spoken, simpler: plain?.render(values) || null, usesFallback } : undefined
  }
}

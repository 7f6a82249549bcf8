import { answerId } from '../../features/calls/sessions/step.ts'
import type { ScriptTemplate } from '../../schemas/calls/script-templates.ts'

type Content = Pick<ScriptTemplate, 'parts' | 'answers'>
interface Wording {
  readonly text: string
  readonly simpler: string | null
}

/** Returns the wording of a part, or of the answer to an objection; `undefined` if the template has none. */
export function wordingOf({ parts, answers }: Content, partId: string): Wording | undefined {
  return (
    parts.find(({ id }) => id === partId) ??
    answers.find(({ objection }) => answerId(objection) === partId) ??
    undefined
  )
}

/** Returns the template with another wording of the part or answer. */
export function withWording<Template extends Content>(template: Template, partId: string, wording: Wording): Template {
  return {
    ...template,
    parts: template.parts.map((part) => (part.id === partId ? { ...part, ...wording } : part)),
    answers: template.answers.map((answer) =>
      answerId(answer.objection) === partId ? { ...answer, ...wording } : answer,
    ),
  }
}

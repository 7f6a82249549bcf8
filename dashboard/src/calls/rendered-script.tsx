import type { ApiResponse } from '../api.ts'
import { title } from '../format.ts'

/** What a script says to a customer: its parts in order, and the answers to objections. */
export function RenderedScript({
  script: { parts, answers, language, product },
}: {
  readonly script: ApiResponse<'/customers/{id}/script'>
}) {
  return (
    <>
      <p class="sub">{product === null ? 'No product to offer.' : `About: ${title(product)}`}</p>
      <ol class="plain" lang={language}>
        {parts.map(({ id, text, simpler, required }) => (
          <li key={id} class="told">
            {required && <span class="tag warn">Always say this</span>}
            <span>{text}</span>
            {simpler !== null && <span class="about">Simpler: {simpler}</span>}
          </li>
        ))}
      </ol>
      {answers.length > 0 && <h3>If the customer objects</h3>}
      <ul class="plain" lang={language}>
        {answers.map(({ objection, text }) => (
          <li key={objection} class="told">
            <span class="tag faint">{title(objection)}</span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

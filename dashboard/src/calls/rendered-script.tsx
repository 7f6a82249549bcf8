import type { ApiResponse } from '../api.ts'
import { title } from '../format.ts'
import { t } from '../words/words.ts'

/** What a script says to a customer: its parts in order, and the answers to objections. */
export function RenderedScript({
  script: { parts, answers, language, product },
}: {
  readonly script: ApiResponse<'/customers/{id}/script'>
}) {
  return (
    <>
      <p class="sub">
        {product === null ? t('calls.noProductToOffer') : t('calls.about', { product: title(product) })}
      </p>
      <ol class="plain" lang={language}>
        {parts.map(({ id, text, simpler, required }) => (
          <li key={id} class="told">
            {required && <span class="tag warn">{t('calls.alwaysSayThis')}</span>}
            <span>{text}</span>
            {simpler !== null && <span class="about">{t('common.simpler', { simpler })}</span>}
          </li>
        ))}
      </ol>
      {answers.length > 0 && <h3>{t('common.ifTheCustomerObjects')}</h3>}
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

import { title } from '../../format.ts'
import { t } from '../../words/words.ts'

interface Wording {
  readonly text: string
  readonly simpler: string | null
  readonly fallback: string | null
}

interface ScriptTextsProps {
  readonly script: {
    readonly language: string
    readonly parts: readonly (Wording & {
      readonly id: string
      readonly required: boolean
      readonly answeredBy: readonly string[]
    })[]
    readonly answers: readonly (Wording & { readonly objection: string })[]
  }
}

/** Parts and answers of a template or script, with the placeholders that a customer's values replace. */
export function ScriptTexts({ script: { language, parts, answers } }: ScriptTextsProps) {
  return (
    <>
      <section aria-labelledby="parts-title">
        <h3 id="parts-title">{t('scripts.whatItSays')}</h3>
        <ol class="lines">
          {parts.map(({ id, required, answeredBy, ...wording }) => (
            <li key={id} class="record">
              <span class="row">
                <strong>{title(id)}</strong>
                {required && <span class="tag warn">{t('scripts.alwaysSaid')}</span>}
              </span>
              <Words language={language} wording={wording} />
              {answeredBy.length > 0 && (
                <span class="about">{t('scripts.leftOutIfTheCustomerHas', { answeredBy: answeredBy.join(', ') })}</span>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="answers-title">
        <h3 id="answers-title">{t('scripts.answersToObjections')}</h3>
        {answers.length === 0 && <p class="about">{t('scripts.noneAnAgentTakesOverWhen')}</p>}
        <ul class="lines">
          {answers.map(({ objection, ...wording }) => (
            <li key={objection} class="record">
              <strong>{title(objection)}</strong>
              <Words language={language} wording={wording} />
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Words({ language, wording }: { readonly language: string; readonly wording: Wording }) {
  const { text, simpler, fallback } = wording
  return (
    <>
      <span class="reason" lang={language}>
        {text}
      </span>
      {simpler !== null && <span class="about">{t('common.simpler', { simpler })}</span>}
      {fallback !== null && <span class="about">{t('scripts.ifAValueIsMissing', { fallback })}</span>}
    </>
  )
}

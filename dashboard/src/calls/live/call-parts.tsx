import { title } from '../../format.ts'
import { partState, type Prompt, type Session } from './live-call-text.ts'
import { t } from '../../words/words.ts'

interface CallPartsProps {
  readonly session: Session
  readonly prompt: Prompt
}

/** The script of the call: each part with its state, and the answers to objections. */
export function CallParts({ session: { parts, answers, language }, prompt: { say } }: CallPartsProps) {
  const isNow = (partId: string) => say.some((one) => one.partId === partId)
  return (
    <section aria-labelledby="parts-title">
      <h3 id="parts-title">{t('liveCalls.theScript')}</h3>
      <ol class="lines">
        {parts.map(({ id, text, required, state, interruptions }) => {
          const { label, tone } = partState(state, isNow(id))
          return (
            <li key={id} class="record" aria-current={isNow(id) ? 'step' : undefined}>
              <span class="row">
                <strong>{title(id)}</strong>
                <span class={`tag ${tone}`}>{label}</span>
              </span>
              <span class="reason" lang={language}>
                {text}
              </span>
              {(required || interruptions > 0) && (
                <span class="about">
                  {[
                    required ? t('liveCalls.saidInEveryCall') : undefined,
                    interruptions > 0 ? t('liveCalls.interrupted', { interruptions }) : undefined,
                  ]
                    .filter((part) => part !== undefined)
                    .join(' · ')}
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {answers.length > 0 && <h4>{t('common.ifTheCustomerObjects')}</h4>}
      <ul class="lines">
        {answers.map(({ objection, text, used }) => (
          <li key={objection} class="record">
            <span class="row">
              <strong>{title(objection)}</strong>
              {used && <span class="tag good">{t('liveCalls.said')}</span>}
            </span>
            <span class="reason" lang={language}>
              {text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

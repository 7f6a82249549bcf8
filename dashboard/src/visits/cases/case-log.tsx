import type { CaseDetail } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { actText, decisionText, statusText } from './case-text.ts'
import { t } from '../../words/words.ts'
import { Told } from '../../parts.tsx'

type Entry = CaseDetail['acts'][number]

/** The log of a case: who did what, when and why, including refused acts. */
export function CaseLog({ acts }: { readonly acts: readonly Entry[] }) {
  return (
    <section aria-labelledby="log-title">
      <h3 id="log-title">{t('cases.log')}</h3>
      <ol class="log">
        {[...acts].reverse().map((entry) => (
          <li key={entry.id}>
            <span class="about">{dateAndTime(entry.occurredAt)}</span>{' '}
            <strong>
              {entry.refusal === null ? actText(entry.act) : t('cases.refused', { actText: actText(entry.act) })}
            </strong>{' '}
            {entry.by === null ? t('cases.byThePlatform') : t('cases.byPerson', { by: entry.by })}
            {changeText(entry) !== '' && <span class="about"> · {changeText(entry)}</span>}
            {entry.refusal !== null && (
              <p>
                <Told>{entry.refusal}</Told>
              </p>
            )}
            {entry.note !== null && <p>“{entry.note}”</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function changeText({ before, after }: Entry): string {
  if (before === null) return ''
  const status = before.status === after.status ? null : `${statusText(before.status)} → ${statusText(after.status)}`
  const reviewer =
    before.reviewer === after.reviewer
      ? null
      : t('cases.reviewerNow', { reviewer: after.reviewer ?? t('cases.removed') })
  const decision =
    before.decision === after.decision
      ? null
      : after.decision === null
        ? t('cases.noDecision')
        : decisionText(after.decision)
  return [status, reviewer, decision].filter((part) => part !== null).join(', ')
}

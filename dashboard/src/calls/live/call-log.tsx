import { useEffect } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { clockTime } from '../../format.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { findings, inCallOrder, reportText, type Step } from './live-call-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 2_000
/** The API's page limit. */
const STEPS_MAX = 500

interface CallLogProps {
  readonly callId: string
  readonly language: string
  /** Number of the newest step. */
  readonly newest: number
}

/** The conversation so far: what the customer said, what was said then, and why. */
export function CallLog({ callId, language, newest }: CallLogProps) {
  const { data, error, refresh } = useResource(
    apiUrl('/session-steps', { query: { callId, limit: STEPS_MAX } }),
    READ_EVERY_MS,
  )
  useEffect(refresh, [newest, refresh])
  const timeLabel = useTimeLabel()
  const steps = inCallOrder(data?.items ?? [])
  const isBehind = data !== undefined && (steps.at(-1)?.step ?? 0) < newest
  return (
    <section aria-labelledby="log-title">
      <h3 id="log-title">{t('liveCalls.theConversation')}</h3>
      <p class="about">{t('liveCalls.withThe', { timeLabel })}</p>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('liveCalls.loadingTheConversation')}</Empty>}
      <ol class="conversation">
        {steps.map((step) => (
          <Entry key={step.id} step={step} language={language} />
        ))}
      </ol>
      {isBehind && <p class="about">{t('liveCalls.theLatestStepAppearsInA')}</p>}
    </section>
  )
}

function Entry({ step, language }: { readonly step: Step; readonly language: string }) {
  const isTurn = step.report === 'turn'
  return (
    <li>
      <div class={isTurn ? 'turn' : 'about'}>
        {isTurn && <strong>{t('common.customer')} </strong>}
        {isTurn ? <span lang={language}>{reportText(step)}</span> : reportText(step)}{' '}
        <span class="about">{clockTime(step.occurredAt)}</span>
        {findings(step).map((finding) => (
          <span key={finding} class="tag">
            {finding}
          </span>
        ))}
      </div>
      {step.say.map(({ partId, text }) => (
        <div key={partId} class="ours">
          <strong>{t('liveCalls.we')} </strong>
          <span lang={language}>{text}</span>
        </div>
      ))}
      {step.reasons.map((reason) => (
        <div key={reason} class="about">
          <Told>{reason}</Told>
        </div>
      ))}
      {step.report === 'end' && step.unsaid.length > 0 && (
        <div class="message bad">{t('liveCalls.notSaidAlthoughRequired', { unsaid: step.unsaid.join(', ') })}</div>
      )}
    </li>
  )
}

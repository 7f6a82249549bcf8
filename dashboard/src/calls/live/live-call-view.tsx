import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Failure } from '../../parts.tsx'
import { customerHref, pageHref } from '../../route.ts'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { versionText } from '../scripts/script-text.ts'
import { CallLog } from './call-log.tsx'
import { CallParts } from './call-parts.tsx'
import { CallReports } from './call-reports.tsx'
import { LIVE_CALLS } from './live-address.ts'
import { callState, type Prompt } from './live-call-text.ts'
import { SayNow } from './say-now.tsx'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 2_000

interface LiveCallViewProps {
  readonly callId: string
  readonly onChange: () => void
}

/** A call as its agent sees it: what to say now and why, the script so far, and the conversation. */
export function LiveCallView({ callId, onChange }: LiveCallViewProps) {
  const { data, error, refresh } = useResource(apiUrl('/call-sessions/{callId}', { path: { callId } }), READ_EVERY_MS)
  const [answer, setAnswer] = useState<Prompt>()
  const timeLabel = useTimeLabel()
  // The answer to a report is here before the call is read again.
  const prompt = answer !== undefined && (data === undefined || answer.step > data.prompt.step) ? answer : data?.prompt
  const state = data && prompt && callState({ isOver: data.isOver, next: prompt.next })
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading
        title={
          data === undefined
            ? t('common.call')
            : t('liveCalls.callWith', { customerName: data.customerName ?? data.customerId })
        }
        back={pageHref(LIVE_CALLS)}
        backText={t('liveCalls.allCalls')}
        {...(data === undefined
          ? {}
          : {
              about: t('liveCalls.started', {
                versionText: versionText(data.template, data.templateVersion),
                startedAt: dateAndTime(data.startedAt),
                timeLabel,
              }),
            })}
      >
        {state !== undefined && <span class={`tag ${state.tone}`}>{state.label}</span>}
        {data !== undefined && (
          <a class="quiet" href={customerHref(data.customerId)}>
            {t('liveCalls.theCustomer')}
          </a>
        )}
      </ItemHeading>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('liveCalls.loadingTheCall')}</Empty>}
      {data !== undefined && prompt !== undefined && (
        <div class="detail">
          <div class="stack whole">
            <SayNow session={data} prompt={prompt} />
            {!data.isOver && (
              <CallReports
                session={data}
                onAnswer={(next) => {
                  if (next !== undefined) setAnswer(next)
                  refresh()
                  onChange()
                }}
              />
            )}
          </div>
          <CallLog callId={callId} language={data.language} newest={prompt.step} />
          <CallParts session={data} prompt={prompt} />
        </div>
      )}
    </section>
  )
}

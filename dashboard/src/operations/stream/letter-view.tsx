import { apiUrl } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { Fact } from './fact.tsx'
import { RedriveForm } from './redrive-form.tsx'
import { sectionHref } from './stream-address.ts'

interface LetterViewProps {
  readonly id: string
  readonly onChange: () => void
}

/** One dead letter: the cause, the record as far as the reader may see it, and what can be done. */
export function LetterView({ id, onChange }: LetterViewProps) {
  const { data, error, refresh } = useResource(apiUrl('/dead-letters/{id}', { path: { id } }))
  const changed = () => {
    refresh()
    onChange()
  }
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading
        title={data?.code ?? t('stream.deadLetter')}
        back={sectionHref('dead-letters')}
        backText={t('stream.allDeadLetters')}
      />
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('stream.loadingTheDeadLetter')}</Empty>}
      {data !== undefined && (
        <div class="detail">
          <section class="group">
            <p>
              <Told>{data.message}</Told>
            </p>
            <dl class="pacing">
              <Fact name={t('stream.record')}>
                {t('operations.partitionOffset', {
                  ...{ topic: data.topic, partition: data.partition, offset: data.offset },
                })}
              </Fact>
              <Fact name={t('stream.processor')}>
                <code>{data.processor}</code>
              </Fact>
              <Fact name={t('stream.written')}>{dateAndTime(data.occurredAt)}</Fact>
              {data.redrivenBy !== null && data.redrivenAt !== null && (
                <Fact name={t('stream.sentAgain')}>
                  {t('stream.sentAgainBy', {
                    ...{ by: data.redrivenBy, at: dateAndTime(data.redrivenAt), reason: data.redriveReason ?? '' },
                  })}
                </Fact>
              )}
            </dl>
          </section>
          <section class="group" aria-labelledby="payload-title">
            <h3 id="payload-title">{t('stream.payload')}</h3>
            <Payload letter={data} />
          </section>
          <section class="group" aria-labelledby="redrive-title">
            <h3 id="redrive-title">{t('stream.sendAgain')}</h3>
            <p class="sub">{t('stream.whatSendingAgainDoes')}</p>
            <RedriveForm target={{ ids: [id] }} onDone={changed} />
          </section>
        </div>
      )}
    </section>
  )
}

interface PayloadProps {
  readonly letter: {
    readonly payloadHidden: boolean
    readonly payload: object | null
    readonly undecodable: string | null
    readonly value: string | null
    readonly valueBytes: number | null
  }
}

function Payload({ letter: { payloadHidden, payload, undecodable, value, valueBytes } }: PayloadProps) {
  if (payloadHidden) return <p class="notice">{t('stream.payloadIsHidden')}</p>
  if (payload !== null) {
    return (
      <pre class="payload" tabIndex={0} lang="en">
        {JSON.stringify(payload, undefined, 2)}
      </pre>
    )
  }
  return (
    <>
      {undecodable !== null && (
        <p class="notice warn">
          <Told>{undecodable}</Told>
        </p>
      )}
      {value !== null && valueBytes !== null && (
        <>
          <p class="sub">
            {t('stream.inBase64', { valueBytes })} <code>base64</code>
          </p>
          <pre class="payload" tabIndex={0} lang="en">
            {value}
          </pre>
        </>
      )}
    </>
  )
}

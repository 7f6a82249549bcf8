import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import type { TailedRecord } from './read-tail.ts'
import { sectionHref } from './stream-address.ts'
import { useTail, type Tail as TailState } from './use-tail.ts'

/** Newest records that come first. */
const LAST = 20

/** The records of a topic as they arrive. */
export function Tail({ topic }: { readonly topic: string | undefined }) {
  const { data, error } = useResource(apiUrl('/topics'))
  return (
    <section class="card wide" aria-labelledby="tail-title">
      <div class="head">
        <div>
          <h2 id="tail-title">{t('stream.liveTail')}</h2>
          <p class="sub">{t('stream.whatATailShows')}</p>
        </div>
        <select
          aria-label={t('stream.topic')}
          value={topic ?? ''}
          onChange={(event) => {
            location.hash = sectionHref('tail', event.currentTarget.value)
          }}
        >
          {topic === undefined && <option value="">{t('stream.chooseATopic')}</option>}
          {data?.items.map(({ topic: name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {topic === undefined ? <Empty>{t('stream.chooseATopic')}</Empty> : <Records key={topic} topic={topic} />}
    </section>
  )
}

function Records({ topic }: { readonly topic: string }) {
  const [filter, setFilter] = useState({ key: '', contains: '' })
  const [isOn, setIsOn] = useState(true)
  const tail = useTail({ topic, ...filter, last: LAST }, isOn)
  const field = (name: keyof typeof filter, label: string) => (
    <label>
      <span class="hidden">{label}</span>
      <input
        type="text"
        placeholder={label}
        onChange={(event) => setFilter({ ...filter, [name]: event.currentTarget.value.trim() })}
      />
    </label>
  )
  return (
    <>
      <div class="choices letters-filter group">
        {field('key', t('stream.key'))}
        {field('contains', t('stream.textInTheValue'))}
        <button type="button" class="quiet" aria-pressed={!isOn} onClick={() => setIsOn(!isOn)}>
          {isOn ? t('stream.pause') : t('stream.goOn')}
        </button>
        <button type="button" class="quiet" onClick={() => tail.clear()}>
          {t('stream.clear')}
        </button>
      </div>
      {tail.error !== undefined && <Failure>{tail.error}</Failure>}
      <p class="sub group" role="status">
        {stateText(tail)}
      </p>
      <ol class="lines tail">
        {tail.records.map((record) => (
          <Line key={`${record.partition}/${record.offset}`} record={record} />
        ))}
      </ol>
    </>
  )
}

function Line({
  record: { partition, offset, writtenAt, key, value, hidden, problem },
}: {
  readonly record: TailedRecord
}) {
  return (
    <li class="record">
      <span class="row">
        <strong>{key ?? (hidden ? t('stream.keyHidden') : '–')}</strong>
        <span class="about">
          {t('stream.place', { partition, offset })} · {dateAndTime(writtenAt)}
        </span>
      </span>
      {problem !== null && (
        <span class="reason">
          <Told>{problem}</Told>
        </span>
      )}
      {value !== null && (
        <details>
          <summary>
            <code>{JSON.stringify(value).slice(0, SUMMARY_LENGTH)}</code>
          </summary>
          <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
        </details>
      )}
    </li>
  )
}

const SUMMARY_LENGTH = 160

function stateText({ state, records, skipped }: TailState): string {
  const words = {
    opening: t('stream.tailOpens'),
    open: records.length === 0 ? t('stream.noRecordYet') : t('stream.tailIsLive'),
    paused: t('stream.tailIsPaused'),
    lost: t('stream.tailIsLost'),
  }
  return skipped === 0 ? words[state] : `${words[state]} ${t('stream.skipped', { records: skipped })}`
}

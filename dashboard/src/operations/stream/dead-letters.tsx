import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { download } from '../../download.ts'
import { time } from '../../format.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { useSending } from '../../use-sending.ts'
import { t } from '../../words/words.ts'
import { asked, type DeadLetter, type LetterFilter } from './letter-text.ts'
import { LetterView } from './letter-view.tsx'
import { RedriveForm } from './redrive-form.tsx'
import { sectionHref } from './stream-address.ts'

const READ_EVERY_MS = 10_000
const PAGE = 50
/** The API's page limit. */
const SHOWN_MAX = 500

/** Records that could not be processed: why, what they are, and sending them again, one or many. */
export function DeadLetters({ id }: { readonly id: string | undefined }) {
  const [filter, setFilter] = useState<LetterFilter>({ code: '', topic: '' })
  const [shown, setShown] = useState(PAGE)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const query = asked(filter)
  const url = apiUrl('/dead-letters', { query: { limit: shown, ...query } })
  const { data, error, refresh } = useResource(url, READ_EVERY_MS)
  const toggle = (letter: string) =>
    setChosen(
      (before) => new Set(before.has(letter) ? [...before].filter((one) => one !== letter) : [...before, letter]),
    )
  const hasFilter = Object.keys(query).length > 0
  const target = chosen.size > 0 ? { ids: [...chosen] } : hasFilter ? query : undefined
  return (
    <div class={id === undefined ? 'list-detail' : 'list-detail opened'}>
      <section class="card" aria-labelledby="dead-letters-title">
        <div class="head">
          <div>
            <h2 id="dead-letters-title">{t('operations.deadLetters')}</h2>
            <p class="sub">{t('operations.recordsThatCouldNotBeProcessed')}</p>
          </div>
          <Filters letters={data?.items ?? []} filter={filter} onFilter={setFilter} />
        </div>
        {error !== undefined && <Failure>{error}</Failure>}
        {data === undefined && error === undefined && <Empty>{t('stream.loadingTheDeadLetters')}</Empty>}
        {data?.items.length === 0 && (
          <Empty>{hasFilter ? t('stream.noSuchDeadLetters') : t('operations.allRecordsWereProcessed')}</Empty>
        )}
        <ul class="lines">
          {data?.items.map((letter) => (
            <Line
              key={letter.id}
              letter={letter}
              isOpened={letter.id === id}
              isChosen={chosen.has(letter.id)}
              onToggle={() => toggle(letter.id)}
            />
          ))}
        </ul>
        {data !== undefined && data.next !== null && shown < SHOWN_MAX && (
          <p class="more">
            <button type="button" class="quiet" onClick={() => setShown(Math.min(SHOWN_MAX, shown + PAGE))}>
              {t('common.showMore')}
            </button>
          </p>
        )}
        {id === undefined && data !== undefined && (data.items.length > 0 || hasFilter) && (
          <div class="group">
            <h3>
              {chosen.size > 0
                ? t('stream.sendTheChosenAgain', { letters: chosen.size })
                : t('stream.sendAllThatMatchAgain')}
            </h3>
            <p class="sub">{t('stream.whatSendingAgainDoes')}</p>
            <RedriveForm target={target} onDone={refresh} />
          </div>
        )}
      </section>
      {id !== undefined && <LetterView key={id} id={id} onChange={refresh} />}
    </div>
  )
}

interface FiltersProps {
  readonly letters: readonly DeadLetter[]
  readonly filter: LetterFilter
  readonly onFilter: (filter: LetterFilter) => void
}

/** Filters by code and topic, with those of the shown letters as proposals, and the export of what they match. */
function Filters({ letters, filter, onFilter }: FiltersProps) {
  const sending = useSending()
  const save = () =>
    sending.run(async () => {
      await download(
        `/dead-letters.ndjson?${new URLSearchParams({ ...asked(filter) }).toString()}`,
        'dead-letters.ndjson',
      )
      return ''
    })
  const field = (name: keyof LetterFilter, label: string) => (
    <label>
      <span class="hidden">{label}</span>
      <input
        type="text"
        placeholder={label}
        list={`letters-${name}`}
        defaultValue={filter[name]}
        onChange={(event) => onFilter({ ...filter, [name]: event.currentTarget.value.trim() })}
      />
      <datalist id={`letters-${name}`}>
        {[...new Set(letters.map((letter) => letter[name]))].map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </label>
  )
  return (
    <div class="choices letters-filter">
      {field('code', t('stream.code'))}
      {field('topic', t('stream.topic'))}
      <button type="button" class="quiet" aria-disabled={sending.busy} onClick={save}>
        {t('stream.export')}
      </button>
      {sending.message?.tone === 'bad' && <Failure>{sending.message.text}</Failure>}
    </div>
  )
}

interface LineProps {
  readonly letter: DeadLetter
  readonly isOpened: boolean
  readonly isChosen: boolean
  readonly onToggle: () => void
}

function Line({ letter, isOpened, isChosen, onToggle }: LineProps) {
  const { id, processor, topic, partition, offset, code, message, valueBytes, occurredAt, redrivenBy } = letter
  return (
    <li class="letter">
      <input type="checkbox" aria-label={t('stream.choose', { id })} checked={isChosen} onChange={onToggle} />
      <a href={sectionHref('dead-letters', id)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <span class="tag bad">{code}</span>
          {redrivenBy !== null && <span class="tag good">{t('stream.sentAgain')}</span>}
          <span class="about">{time(occurredAt)}</span>
        </span>
        <strong>{t('operations.partitionOffset', { topic, partition, offset })}</strong>
        <span class="reason">
          <Told>{message}</Told>
        </span>
        <span class="about">
          {processor}
          {valueBytes !== null && ` ${t('operations.bytes', { valueBytes })}`}
        </span>
      </a>
    </li>
  )
}

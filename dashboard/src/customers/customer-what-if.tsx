import { useState } from 'preact/hooks'
import { send, type Customer } from '../api.ts'
import { DataTable } from '../data-table.tsx'
import { percent, points, title } from '../format.ts'
import { Empty, Failure, Told } from '../parts.tsx'
import { useSending } from '../use-sending.ts'
import type { CustomerTab, CustomerTabProps } from './customer-tab.ts'
import { featureName, featureValue } from '../words/feature-words.ts'
import { t } from '../words/words.ts'

type Score = Customer['scores'][number]

/** What `POST /score/{task}` answers, as far as it is shown. */
interface Answer {
  readonly output: string
  readonly probability: number
  readonly reasons: readonly { readonly feature: string; readonly contribution: number }[]
}
interface Compared {
  readonly now: Answer
  readonly then: Answer
}

/** Tab that shows what a score would be if a feature had another value. Nothing is stored. */
export const customerWhatIf: CustomerTab = { path: 'what-if', title: 'customers.whatIf', View: CustomerWhatIf }

function CustomerWhatIf({ customer: { customerId, scores } }: CustomerTabProps) {
  const [chosen, setChosen] = useState<string>()
  const scored = scores.filter(
    ({ probability, opportunityId, subjectId }) =>
      probability !== null && (opportunityId !== null || subjectId === customerId),
  )
  const score = scored.find(({ id }) => id === chosen) ?? scored[0]
  if (score === undefined) return <Empty>{t('customers.noScoresYet')}</Empty>
  return (
    <>
      <p class="sub">{t('customers.chooseAFeature')}</p>
      <p>
        <label class="check">
          {t('customers.score')}{' '}
          <select value={score.id} onChange={(event) => setChosen(event.currentTarget.value)}>
            {scored.map(({ id, task, opportunityId }) => (
              <option key={id} value={id}>
                {[title(task), opportunityId].filter((part) => part !== null).join(' · ')}
              </option>
            ))}
          </select>
        </label>
      </p>
      <Change key={score.id} score={score} />
    </>
  )
}

/** Form for another value of one feature, and its effect on the score. */
function Change({ score: { task, opportunityId, customerId, row = {} } }: { readonly score: Score }) {
  const names = Object.keys(row)
  const [feature, setFeature] = useState(names.find((name) => row[name] !== null) ?? names[0] ?? '')
  const [value, setValue] = useState(String(row[feature] ?? ''))
  const [compared, setCompared] = useState<Compared>()
  const { busy, message, run } = useSending()
  const typed = value.trim() === '' ? null : Number(value)
  const isNumber = typed === null || Number.isFinite(typed)
  const subject = opportunityId === null ? { customerId } : { opportunityId }
  const ask = (more: object) => send<Answer>('POST', `/score/${encodeURIComponent(task)}`, { ...subject, ...more })

  function choose(name: string) {
    setFeature(name)
    setValue(String(row[name] ?? ''))
    setCompared(undefined)
  }

  async function compare(): Promise<string> {
    setCompared(undefined)
    const now = await ask({})
    const then = await ask({ features: { [feature]: typed }, output: now.output })
    setCompared({ now, then })
    return ''
  }

  return (
    <form
      class="what-if"
      onSubmit={(event) => {
        event.preventDefault()
        if (isNumber) run(compare)
      }}
    >
      <div class="choices signed">
        <label>
          <span>{t('customers.feature')}</span>
          <select value={feature} onChange={(event) => choose(event.currentTarget.value)}>
            {names.map((name) => (
              <option key={name} value={name}>
                {featureName(name) ?? name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('customers.newValue')}</span>
          <input
            type="text"
            inputMode="decimal"
            autocomplete="off"
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="quiet" disabled={busy || !isNumber}>
          {t('customers.scoreIt')}
        </button>
      </div>
      <p class="about">
        {t('customers.nowAndThen', {
          now: featureValue(feature, row[feature] ?? null),
          then: isNumber ? featureValue(feature, typed) : t('customers.noNumber'),
        })}
      </p>
      {message?.tone === 'bad' && <Failure>{message.text}</Failure>}
      {compared !== undefined && <Result task={task} compared={compared} />}
    </form>
  )
}

function Result({ task, compared: { now, then } }: { readonly task: string; readonly compared: Compared }) {
  const features = [...new Set([...then.reasons, ...now.reasons].map(({ feature }) => feature))]
  const of = ({ reasons }: Answer, name: string) => {
    const contribution = reasons.find(({ feature }) => feature === name)?.contribution
    return contribution === undefined ? '–' : `${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toFixed(2)}`
  }
  return (
    <>
      <p class="chosen" role="status">
        <strong>
          {t('customers.scoreWouldBe', {
            task: title(task),
            now: percent(now.probability),
            then: percent(then.probability),
            difference: points(then.probability - now.probability),
          })}
        </strong>
      </p>
      {features.length === 0 && <Empty>{t('customers.thisModelCantExplainItsScores')}</Empty>}
      {features.length > 0 && (
        <DataTable
          caption={t('customers.reasonsNowAndThen')}
          columns={[
            { label: t('common.reason'), cell: (name) => featureName(name) ?? <Told>{name}</Told> },
            { label: t('customers.now'), cell: (name) => of(now, name) },
            { label: t('customers.then'), cell: (name) => of(then, name) },
          ]}
          rows={features}
          keyOf={(name) => name}
        />
      )}
    </>
  )
}

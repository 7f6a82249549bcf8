import { useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { DataTable } from '../data-table.tsx'
import { download } from '../download.ts'
import { date } from '../format.ts'
import { Empty, Failure, Probability } from '../parts.tsx'
import { customerHref } from '../route.ts'
import { useResource } from '../use-resource.ts'
import { useSending } from '../use-sending.ts'
import { reasonText } from '../words/feature-words.ts'
import { t } from '../words/words.ts'

const READ_EVERY_MS = 15_000
const REASONS_MAX = 3
/** How many are shown at first, and how many more with each step; a list has at most 500 on a page. */
const STEPS = [25, 100, 500] as const

/** The customers who are likely to need a loan, the highest estimate first, with reasons. */
export function PotentialCustomers() {
  const [step, setStep] = useState(0)
  const limit = STEPS[step]!
  const { data, error } = useResource(apiUrl('/potential-customers', { query: { limit } }), READ_EVERY_MS)
  const { message, run } = useSending()
  return (
    <section class="card" aria-labelledby="potential-title">
      <div class="head">
        <div>
          <h2 id="potential-title">{t('loans.likelyToNeedALoan')}</h2>
          <p class="sub">{t('loans.highestExpectedUseFirst')}</p>
        </div>
        <button
          type="button"
          class="quiet"
          onClick={() => run(() => download('/potential-customers.csv', 'potential-customers.csv').then(() => ''))}
        >
          {t('loans.allAsCsv')}
        </button>
      </div>
      {message?.tone === 'bad' && <Failure>{message.text}</Failure>}
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('loans.loading')}</Empty>}
      {data?.items.length === 0 && <Empty>{t('loans.nobodyIsAboveTheThreshold')}</Empty>}
      {data !== undefined && data.items.length > 0 && (
        <div class="group">
          <DataTable
            caption={t('loans.likelyToNeedALoan')}
            rows={data.items}
            keyOf={({ customerId }) => customerId}
            columns={[
              {
                label: t('common.customer'),
                cell: ({ customerId, name }) => <a href={customerHref(customerId)}>{name ?? customerId}</a>,
              },
              { label: t('loans.expectedUse'), cell: ({ estimate }) => <Probability value={estimate} /> },
              { label: t('common.why'), cell: (customer) => <Reasons {...customer} /> },
              { label: t('loans.since'), cell: ({ since }) => date(since) },
            ]}
          />
          {data.next !== null && step < STEPS.length - 1 && (
            <button type="button" class="quiet" onClick={() => setStep(step + 1)}>
              {t('common.showMore')}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

interface ReasonsProps {
  readonly explored: boolean
  readonly reasons: readonly Parameters<typeof reasonText>[0][]
}

function Reasons({ explored, reasons }: ReasonsProps) {
  const ofEstimate = reasons.filter(({ feature }) => feature !== 'exploration')
  return (
    <ul class="plain">
      {explored && <li class="about">{t('loans.chosenAtRandom')}</li>}
      {ofEstimate.slice(0, REASONS_MAX).map((reason) => (
        <li key={reason.feature} class="about">
          {reasonText(reason)}
        </li>
      ))}
    </ul>
  )
}

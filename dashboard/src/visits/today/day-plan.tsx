import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { money, number } from '../../format.ts'
import { DataTable } from '../../data-table.tsx'
import { Empty, Failure, Told } from '../../parts.tsx'
import { customerHref } from '../../route.ts'
import { useResource } from '../../use-resource.ts'
import { t, textIfAny } from '../../words/words.ts'
import { DayForm, keptDay, type Day } from './day-form.tsx'
import { DayRoute, startOf } from './day-route.tsx'
import { leftOutText, listOrderText, planText, type DayPlan } from './today-text.ts'

/** The plan of the day: whom to visit in which order, the way, what it brings, and who is left out. */
export function DayPlanSection({ salespersonId }: { readonly salespersonId: string }) {
  const [day, setDay] = useState<Day>(keptDay)
  const { visits, kmMax, from } = day
  const query = { visits, kmMax, ...(from === '' ? {} : { from }) }
  const { data, error } = useResource(apiUrl('/salespeople/{id}/day-plan', { path: { id: salespersonId }, query }))
  return (
    <section class="group" aria-labelledby="day-plan-title">
      <h3 id="day-plan-title">{t('today.dayPlan')}</h3>
      <p class="sub">{t('today.bestVisitsOnAShortWay')}</p>
      <DayForm day={day} onChange={setDay} />
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('today.loading')}</Empty>}
      {data !== undefined && <Plan plan={data} from={from} />}
    </section>
  )
}

function Plan({ plan, from }: { readonly plan: DayPlan; readonly from: string }) {
  const { stops, leftOut } = plan
  if (stops.length === 0) return <Empty>{t('today.noVisitIsWorthTheWay')}</Empty>
  return (
    <>
      <p role="status">
        <strong>{planText(plan)}</strong> {listOrderText(plan)}
      </p>
      <div class="side-by-side">
        <Stops plan={plan} />
        <DayRoute stops={stops} start={startOf(from)} />
      </div>
      {leftOut.length > 0 && (
        <details>
          <summary>{t('today.leftOut', { customers: leftOut.length })}</summary>
          <LeftOutTable plan={plan} />
        </details>
      )}
    </>
  )
}

function Stops({ plan: { stops } }: { readonly plan: DayPlan }) {
  return (
    <ol class="today-lines">
      {stops.map(({ place, at, km, customerId, customerName, opportunityId, action }) => (
        <li key={opportunityId}>
          <span class="place">{place}</span>
          <div class="who">
            <a href={customerHref(customerId)}>
              <strong>{customerName ?? customerId}</strong>
            </a>
            <span class="about">
              {[at === null ? t('today.placeUnknown') : at.name, km === null ? null : t('today.km', { km: number(km) })]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
            {action !== null && (
              <span class="action">{textIfAny('actions', action.code) ?? <Told>{action.text}</Told>}</span>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

function LeftOutTable({ plan: { leftOut, currency } }: { readonly plan: DayPlan }) {
  return (
    <DataTable
      caption={t('today.leftOutTitle')}
      rows={leftOut}
      keyOf={({ opportunityId }) => opportunityId}
      columns={[
        {
          label: t('common.customer'),
          cell: ({ customerId, customerName }) => <a href={customerHref(customerId)}>{customerName ?? customerId}</a>,
        },
        { label: t('common.reason'), cell: leftOutText },
        {
          label: t('today.visitIsWorth'),
          cell: ({ expectedValueMinor }) => (expectedValueMinor === null ? '–' : money(expectedValueMinor, currency)),
        },
      ]}
    />
  )
}

import { ItemHeading } from '../../item-heading.tsx'
import type { LiveList } from '../priority-list.ts'
import { t } from '../../words/words.ts'
import { DayPlanSection } from './day-plan.tsx'
import { ListChanges } from './list-changes.tsx'
import { TodayLists } from './today-lists.tsx'
import { todayHref } from './today-text.ts'

interface TodayViewProps {
  readonly salespersonId: string
  /** Whether it is the reader’s own day, and there is no list of others to go back to. */
  readonly isOwn?: boolean
  /** The latest live lists. */
  readonly priorities: readonly LiveList[]
}

/** The day of one salesperson. */
export function TodayView({ salespersonId, isOwn = false, priorities }: TodayViewProps) {
  return (
    <section class="card today" aria-labelledby="item-title">
      <ItemHeading
        title={t('today.dayOf', { salespersonId })}
        {...(isOwn ? {} : { back: todayHref(), backText: t('today.allSalespeople') })}
      />
      <TodayLists salespersonId={salespersonId} priorities={priorities} />
      <ListChanges salespersonId={salespersonId} />
      <DayPlanSection salespersonId={salespersonId} />
    </section>
  )
}

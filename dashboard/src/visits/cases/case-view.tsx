import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl, type CaseDetail } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { customerHref, routeOf } from '../../route.ts'
import { useResource } from '../../use-resource.ts'
import { CaseActs } from './case-acts.tsx'
import { CASES } from './case-href.ts'
import type { Decision } from './case-act.ts'
import { CaseLog } from './case-log.tsx'
import { CaseWhy } from './case-why.tsx'
import { statusText, verdictText } from './case-text.ts'
import { Places } from './place-map.tsx'
import { Reports, type ComparedVisit } from './side-by-side.tsx'
import { useKeys } from './use-keys.ts'
import { useReview } from './use-review.ts'
import { VisitTimes } from './visit-times.tsx'

interface CaseViewProps {
  readonly visitId: string
  /** The case's revision in the queue. */
  readonly newest: number | undefined
  readonly onChange: () => void
}

/**
 * One case with everything needed to decide it. It is reloaded only on request, so that it can't change while the
 * reviewer decides.
 */
export function CaseView({ visitId, newest, onChange }: CaseViewProps) {
  const { data, error, refresh } = useResource(apiUrl('/cases/{visitId}', { path: { visitId } }))
  const heading = useRef<HTMLHeadingElement>(null)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const review = useReview(visitId, data, { note: noteField, name: nameField, heading }, () => {
    refresh()
    onChange()
  })
  const decide = (decision: Decision) => () => {
    if (isLeaving(visitId)) return
    review.begin({ kind: 'decide', decision, claim: review.claim })
    if (decision === 'dismissed') noteField.current?.focus()
  }
  useKeys({ c: decide('confirmed'), h: decide('harmless'), d: decide('dismissed') })
  useEffect(() => heading.current?.focus(), [])
  const isOutdated = data !== undefined && newest !== undefined && newest > data.revision

  return (
    <section class="card case" aria-labelledby="case-title">
      <div class="head">
        <div>
          <h2 id="case-title" ref={heading} tabIndex={-1}>
            {data?.customerName ?? data?.customerId ?? visitId}
          </h2>
          {data !== undefined && <p class="sub">{factsOf(data).join(' · ')}</p>}
        </div>
        {data !== undefined && (
          <a class="quiet" href={customerHref(data.customerId)}>
            Customer
          </a>
        )}
      </div>
      {error !== undefined && (
        <Failure>
          {error}{' '}
          <button type="button" class="quiet" onClick={refresh}>
            Try again
          </button>
        </Failure>
      )}
      {data === undefined && error === undefined && <Empty>Loading the case …</Empty>}
      {isOutdated && (
        <p class="notice warn" role="status">
          The case has changed since you opened it.{' '}
          <button type="button" class="quiet" onClick={refresh}>
            Reload
          </button>
        </p>
      )}
      {data !== undefined && (
        <div class="body">
          <CaseNotices caseRecord={data} />
          <CaseWhy caseRecord={data} />
          <Compared caseRecord={data} />
          <CaseActs {...{ caseRecord: data, review, noteField, nameField }} />
          <CaseLog acts={data.acts} />
        </div>
      )}
    </section>
  )
}

/** Whether the address already names another case: a key pressed then is meant for that one. */
function isLeaving(visitId: string): boolean {
  return routeOf(location.hash, { page: CASES, item: visitId }).item !== visitId
}

/** The answer and the decision so far. */
function CaseNotices({ caseRecord }: { readonly caseRecord: CaseDetail }) {
  const { answer, answeredBy, decision, claim, decidedBy, proposedBy, note, newEvidence, snoozedUntil } = caseRecord
  const who = decidedBy ?? proposedBy
  return (
    <>
      {newEvidence && (
        <p class="notice warn">New evidence has arrived since the decision: consider reopening the case.</p>
      )}
      {snoozedUntil !== null && <p class="notice">Its alert is snoozed until {dateAndTime(snoozedUntil)}.</p>}
      {answer !== null && (
        <p class="notice">
          The salesperson’s answer, recorded by {answeredBy}: “{answer}”
        </p>
      )}
      {decision !== null && (
        <p class="notice">
          {decidedBy === null ? 'Proposed' : 'Decided'} by {who}: {decision}
          {claim !== null && decision !== 'harmless' && ` (on whether it is ${claim})`}
          {note !== null && `, “${note}”`}
          {decidedBy === null && '. A second person must decide too.'}
        </p>
      )}
    </>
  )
}

/** The visit next to one of the visits that its evidence names. */
function Compared({ caseRecord: { visit, others } }: { readonly caseRecord: CaseDetail }) {
  const [chosen, setChosen] = useState(0)
  if (visit === null) return <Empty>The record of the visit has not arrived yet.</Empty>
  const other = others[chosen] ?? others[0]
  return (
    <>
      {others.length > 1 && (
        <label class="choices">
          <span>Compare with</span>
          <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {others.map((one, place) => (
              <option key={one.visitId} value={place}>
                {otherLabel(one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Reports visit={visit} other={other} />
      <Places visit={visit} other={other} />
      <VisitTimes visit={visit} other={other} />
    </>
  )
}

function otherLabel({ visitId, kinds }: ComparedVisit): string {
  return `${visitId}: ${kinds.map((kind) => title(kind).toLowerCase()).join(', ')}`
}

function factsOf(caseRecord: CaseDetail): string[] {
  const due =
    caseRecord.dueAt === null ? null : `${caseRecord.overdue ? 'was due' : 'due'} ${dateAndTime(caseRecord.dueAt)}`
  const facts = [
    verdictText(caseRecord),
    statusText(caseRecord.status),
    caseRecord.reviewer === null ? 'no reviewer' : `reviewed by ${caseRecord.reviewer}`,
    `salesperson ${caseRecord.salespersonId}`,
    `visited ${dateAndTime(caseRecord.visitedAt)}`,
    due,
    caseRecord.secondPerson ? 'needs the same decision from two people' : null,
  ]
  return facts.filter((fact) => fact !== null)
}

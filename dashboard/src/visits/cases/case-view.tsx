import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl, type CaseDetail } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { customerHref, routeOf } from '../../route.ts'
import { useResource } from '../../use-resource.ts'
import { CaseActs } from './case-acts.tsx'
import { CASES } from './case-href.ts'
import type { Decision } from './case-act.ts'
import { CaseLog } from './case-log.tsx'
import { CaseWhy } from './case-why.tsx'
import { decisionText, statusText, verdictText } from './case-text.ts'
import { Places } from './place-map.tsx'
import { Reports, type ComparedVisit } from './side-by-side.tsx'
import { useKeys } from './use-keys.ts'
import { useReview } from './use-review.ts'
import { VisitTimes } from './visit-times.tsx'
import { t } from '../../words/words.ts'

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
            {t('common.customer')}
          </a>
        )}
      </div>
      {error !== undefined && (
        <Failure>
          <Told>{error}</Told>{' '}
          <button type="button" class="quiet" onClick={refresh}>
            {t('cases.tryAgain')}
          </button>
        </Failure>
      )}
      {data === undefined && error === undefined && <Empty>{t('cases.loadingTheCase')}</Empty>}
      {isOutdated && (
        <p class="notice warn" role="status">
          {t('cases.theCaseHasChangedSinceYou')}{' '}
          <button type="button" class="quiet" onClick={refresh}>
            {t('cases.reload')}
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
      {newEvidence && <p class="notice warn">{t('cases.newEvidenceHasArrivedSinceThe')}</p>}
      {snoozedUntil !== null && (
        <p class="notice">{t('cases.itsAlertIsSnoozedUntil', { snoozedUntil: dateAndTime(snoozedUntil) })}</p>
      )}
      {answer !== null && <p class="notice">{t('cases.theSalespersonsAnswerRecordedBy', { answeredBy, answer })}</p>}
      {decision !== null && (
        <p class="notice">
          {t(decidedBy === null ? 'cases.proposedBy' : 'cases.decidedBy', { who, decision: decisionText(decision) })}
          {claim !== null && decision !== 'harmless' && t('cases.onWhetherItIs', { claim })}
          {note !== null && `, “${note}”`}
          {decidedBy === null && t('cases.aSecondPersonMustDecideToo')}
        </p>
      )}
    </>
  )
}

/** The visit next to one of the visits that its evidence names. */
function Compared({ caseRecord: { visit, others } }: { readonly caseRecord: CaseDetail }) {
  const [chosen, setChosen] = useState(0)
  if (visit === null) return <Empty>{t('cases.theRecordOfTheVisitHas')}</Empty>
  const other = others[chosen] ?? others[0]
  return (
    <>
      {others.length > 1 && (
        <label class="choices">
          <span>{t('cases.compareWith')}</span>
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
    caseRecord.dueAt === null
      ? null
      : t(caseRecord.overdue ? 'cases.wasDueAt' : 'cases.dueAt', { at: dateAndTime(caseRecord.dueAt) })
  const facts = [
    verdictText(caseRecord),
    statusText(caseRecord.status),
    caseRecord.reviewer === null ? t('cases.noReviewer') : t('cases.reviewedBy', { reviewer: caseRecord.reviewer }),
    t('cases.salespersonIs', { salespersonId: caseRecord.salespersonId }),
    t('cases.visited', { at: dateAndTime(caseRecord.visitedAt) }),
    due,
    caseRecord.secondPerson ? t('cases.needsTheSameDecisionFromTwo') : null,
  ]
  return facts.filter((fact) => fact !== null)
}

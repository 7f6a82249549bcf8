import type { CaseDetail } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { piecesOf, type Range } from './marked-text.ts'
import { t } from '../../words/words.ts'

export type Visit = NonNullable<CaseDetail['visit']>
export type ComparedVisit = CaseDetail['others'][number]

/** The reports of both visits, with shared passages marked; only one if the evidence names no other visit. */
export function Reports({ visit, other }: { readonly visit: Visit; readonly other: ComparedVisit | undefined }) {
  const shared = other?.passages ?? []
  return (
    <section aria-labelledby="reports-title">
      <h3 id="reports-title">{other === undefined ? t('cases.report') : t('cases.reportsSideBySide')}</h3>
      {other !== undefined && <p class="about">{sharedText(visit.text, shared)}</p>}
      <div class={other === undefined ? '' : 'two'}>
        <Report visit={visit} label={t('cases.thisVisit2')} ranges={shared} />
        {other !== undefined && (
          <Report
            visit={other}
            label={t('cases.theOtherVisit2')}
            ranges={shared.map(({ otherFrom: from, otherTo: to }) => ({ from, to }))}
          />
        )}
      </div>
    </section>
  )
}

interface ReportProps {
  readonly visit: Visit
  readonly label: string
  readonly ranges: readonly Range[]
}

function Report({ visit, label, ranges }: ReportProps) {
  const { text, visitId, salespersonId, occurredAt, withdrawn } = visit
  return (
    <article class="report" aria-label={label}>
      <p class="about">
        <strong>{label}</strong> {[visitId, salespersonId, dateAndTime(occurredAt)].join(' · ')}
        {withdrawn && ` ${t('cases.withdrawn2')}`}
      </p>
      <p class="text">
        {text.trim() === '' && <em>{t('cases.noTextWasEntered')}</em>}
        {piecesOf(text, ranges).map((piece, place) =>
          piece.isMarked ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>,
        )}
      </p>
    </article>
  )
}

function sharedText(text: string, ranges: readonly Range[]): string {
  const marked = piecesOf(text, ranges).filter(({ isMarked }) => isMarked)
  if (marked.length === 0) return t('cases.theReportsHaveNoLongerPassage')
  const letters = marked.reduce((sum, piece) => sum + piece.text.length, 0)
  const share = Math.round((100 * letters) / text.length)
  return t('cases.inBothReportsOfThisOne', {
    passages: marked.length,
    share,
  })
}

import type { CaseDetail } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { piecesOf, type Range } from './marked-text.ts'

export type Visit = NonNullable<CaseDetail['visit']>
export type ComparedVisit = CaseDetail['others'][number]

/** The reports of both visits, with shared passages marked; only one if the evidence names no other visit. */
export function Reports({ visit, other }: { readonly visit: Visit; readonly other: ComparedVisit | undefined }) {
  const shared = other?.passages ?? []
  return (
    <section aria-labelledby="reports-title">
      <h3 id="reports-title">{other === undefined ? 'Report' : 'Reports side by side'}</h3>
      {other !== undefined && <p class="about">{sharedText(visit.text, shared)}</p>}
      <div class={other === undefined ? '' : 'two'}>
        <Report visit={visit} label="This visit" ranges={shared} />
        {other !== undefined && (
          <Report
            visit={other}
            label="The other visit"
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
        {withdrawn && ' · withdrawn'}
      </p>
      <p class="text">
        {text.trim() === '' && <em>No text was entered.</em>}
        {piecesOf(text, ranges).map((piece, place) =>
          piece.isMarked ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>,
        )}
      </p>
    </article>
  )
}

function sharedText(text: string, ranges: readonly Range[]): string {
  const marked = piecesOf(text, ranges).filter(({ isMarked }) => isMarked)
  if (marked.length === 0) return 'The reports have no longer passage in common.'
  const letters = marked.reduce((sum, piece) => sum + piece.text.length, 0)
  const share = Math.round((100 * letters) / text.length)
  return `${marked.length === 1 ? 'One passage is' : `${marked.length} passages are`} in both reports, ${share} % of this one.`
}

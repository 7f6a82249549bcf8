import type { CaseDetail } from '../../api.ts'
import { number, percent, title } from '../../format.ts'
import { Empty } from '../../parts.tsx'

/** The evidence against the visit in words, strongest first. */
export function CaseWhy({ held }: { readonly held: CaseDetail }) {
  const { evidence, probability, expectedLoss, worthReviewing, modelId, falseScore, reasons } = held
  const strongestFirst = [...evidence].sort((one, other) => other.score - one.score)
  return (
    <section aria-labelledby="why-title">
      <h3 id="why-title">Why</h3>
      {evidence.length === 0 && (
        <Empty>Nothing speaks against this visit. It was drawn by chance, to see what the policy misses.</Empty>
      )}
      <ol class="evidence">
        {strongestFirst.map(({ kind, score, text, with: other }) => (
          <li key={`${kind}/${other}`}>
            <strong>{title(kind)}</strong> <span class="about">strength {percent(score)}</span>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      {modelId !== null && (
        <p>
          Score by model <code title={modelId}>{modelId.slice(0, 8)}</code>, which learned from earlier decisions:{' '}
          {percent(falseScore)} likely to be false. {reasons.map(({ words }) => words).join('; ')}
        </p>
      )}
      <p class="about">
        By the scores and earlier decisions, {percent(probability)} likely to be as suspected: expected loss{' '}
        {number(expectedLoss)}, {worthReviewing ? 'at least what' : 'less than'} a review costs. Evidence is no proof:
        each kind has honest explanations.
      </p>
    </section>
  )
}

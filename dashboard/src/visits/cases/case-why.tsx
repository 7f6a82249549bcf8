import type { CaseDetail } from '../../api.ts'
import { number, percent, title } from '../../format.ts'
import { Empty } from '../../parts.tsx'

/** The evidence against the visit in words, strongest first. */
export function CaseWhy({ caseRecord }: { readonly caseRecord: CaseDetail }) {
  const { evidence, probability, expectedLoss, worthReviewing, modelId, falseScore, reasons } = caseRecord
  const strongestFirst = [...evidence].sort((one, other) => other.score - one.score)
  return (
    <section aria-labelledby="why-title">
      <h3 id="why-title">Why</h3>
      {evidence.length === 0 && (
        <Empty>
          There is no evidence against this visit. It was sampled at random, to find what the policy misses.
        </Empty>
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
          Scored by model <code title={modelId}>{modelId.slice(0, 8)}</code>, trained on earlier decisions:{' '}
          {percent(falseScore)} likely to be false. {reasons.map(({ words }) => words).join('; ')}
        </p>
      )}
      <p class="about">
        Going by its scores and earlier decisions, the suspicion is {percent(probability)} likely to be true: expected
        loss {number(expectedLoss)}, {worthReviewing ? 'at least' : 'less than'} the cost of a review. Evidence is not
        proof: each kind can have an innocent explanation.
      </p>
    </section>
  )
}

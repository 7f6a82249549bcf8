import type { CaseDetail } from '../../api.ts'
import { number, percent, title } from '../../format.ts'
import { Empty, Told } from '../../parts.tsx'
import { reasonText } from '../../words/feature-words.ts'
import { rich, t } from '../../words/words.ts'

/** The evidence against the visit in words, strongest first. */
export function CaseWhy({ caseRecord }: { readonly caseRecord: CaseDetail }) {
  const { evidence, probability, expectedLoss, worthReviewing, modelId, falseScore, reasons } = caseRecord
  const strongestFirst = [...evidence].sort((one, other) => other.score - one.score)
  return (
    <section aria-labelledby="why-title">
      <h3 id="why-title">{t('common.why')}</h3>
      {evidence.length === 0 && <Empty>{t('cases.thereIsNoEvidenceAgainstThis')}</Empty>}
      <ol class="evidence">
        {strongestFirst.map(({ kind, score, text, with: other }) => (
          <li key={`${kind}/${other}`}>
            <strong>{title(kind)}</strong> <span class="about">{t('cases.strength', { score: percent(score) })}</span>
            <p>
              <Told>{text}</Told>
            </p>
          </li>
        ))}
      </ol>
      {modelId !== null && (
        <p>
          {rich('cases.scoredByModel', {
            model: <code title={modelId}>{modelId.slice(0, 8)}</code>,
            falseScore: percent(falseScore),
          })}{' '}
          {reasons.map(reasonText).join('; ')}
        </p>
      )}
      <p class="about">
        {t('cases.goingByItsScoresAndEarlier', {
          probability: percent(probability),
          ...{ expectedLoss: number(expectedLoss), worthReviewing: String(worthReviewing) },
        })}
      </p>
    </section>
  )
}

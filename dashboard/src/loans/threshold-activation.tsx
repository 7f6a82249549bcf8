import { send } from '../api.ts'
import { percent } from '../format.ts'
import { SignedDecision } from '../signed-decision.tsx'
import { t } from '../words/words.ts'
import { TASK, type Preview } from './loans-text.ts'

interface ThresholdActivationProps {
  readonly preview: Preview
  readonly onActivated: () => void
}

/** Form that puts the threshold in force, with name and reason. */
export function ThresholdActivation({ preview, onActivated }: ThresholdActivationProps) {
  const { threshold, activeVersion } = preview

  async function activate(_choice: 'activate', changedBy: string, reason: string): Promise<string> {
    await send('PUT', `/thresholds/${TASK}`, { value: threshold, changedBy, reason }, activeVersion)
    onActivated()
    return t('loans.nowInForce', { percentage: percent(threshold) })
  }

  return (
    <section class="group" aria-labelledby="threshold-activation-title">
      <h3 id="threshold-activation-title">{t('loans.changeIt')}</h3>
      <SignedDecision
        label={t('common.reason')}
        choices={[['activate', t('loans.putInForce', { percentage: percent(threshold) })]]}
        decide={activate}
      />
    </section>
  )
}

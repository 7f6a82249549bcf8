import { percent } from '../format.ts'
import { t } from '../words/words.ts'

interface ThresholdInputProps {
  readonly value: number
  readonly active: number
  /** `undefined`: the one in force again. */
  readonly onChange: (value: number | undefined) => void
}

/** A slider and a number for the threshold, in per cent. */
export function ThresholdInput({ value, active, onChange }: ThresholdInputProps) {
  const change = (typed: number) => {
    if (typed >= 0 && typed <= 100) onChange(Math.round(10 * typed) / 1_000)
  }
  const shown = Math.round(1_000 * value) / 10
  return (
    <div class="group threshold-input">
      <label>
        <span>{t('loans.tryAThreshold')}</span>
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          value={shown}
          aria-valuetext={percent(value)}
          onInput={({ currentTarget }) => change(currentTarget.valueAsNumber)}
        />
      </label>
      <label>
        <span>{t('loans.inPerCent')}</span>
        <input
          type="number"
          min={0}
          max={100}
          step={0.1}
          value={shown}
          onInput={({ currentTarget }) => change(currentTarget.valueAsNumber)}
        />
      </label>
      <button type="button" class="quiet" disabled={value === active} onClick={() => onChange(undefined)}>
        {t('loans.backToTheOneInForce', { percentage: percent(active) })}
      </button>
    </div>
  )
}

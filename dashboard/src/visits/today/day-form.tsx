import { useState } from 'preact/hooks'
import { t } from '../../words/words.ts'

/** What a day may take, and where it begins: latitude and longitude, or empty. */
export interface Day {
  readonly visits: number
  readonly kmMax: number
  readonly from: string
}

const STORAGE_KEY = 'scoreline-day'
const ordinaryDay: Day = { visits: 5, kmMax: 200, from: '' }

/** Returns the day that was planned last in this browser. */
export function keptDay(): Day {
  try {
    return { ...ordinaryDay, ...(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<Day>) }
  } catch {
    return ordinaryDay
  }
}

interface DayFormProps {
  readonly day: Day
  readonly onChange: (day: Day) => void
}

/** How many visits and kilometres a day has, and where it starts; kept in this browser. */
export function DayForm({ day, onChange }: DayFormProps) {
  const [typed, setTyped] = useState(day)
  const set = (part: Partial<Day>) => setTyped({ ...typed, ...part })
  return (
    <form
      class="choices signed"
      onSubmit={(event) => {
        event.preventDefault()
        const next = { ...typed, from: typed.from.replaceAll(/\s/g, '') }
        localStorage.setItem(STORAGE_KEY, JSON.stringify(next))
        onChange(next)
      }}
    >
      <label>
        <span>{t('today.visits')}</span>
        <input
          type="number"
          min={1}
          max={30}
          required
          value={typed.visits}
          onInput={({ currentTarget }) => set({ visits: currentTarget.valueAsNumber })}
        />
      </label>
      <label>
        <span>{t('today.kilometresAtMost')}</span>
        <input
          type="number"
          min={0}
          max={10_000}
          required
          value={typed.kmMax}
          onInput={({ currentTarget }) => set({ kmMax: currentTarget.valueAsNumber })}
        />
      </label>
      <label>
        <span>{t('today.startOfTheDay')}</span>
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          pattern="\s*-?\d{1,2}(\.\d{1,12})?\s*,\s*-?\d{1,3}(\.\d{1,12})?\s*"
          title={t('today.latitudeAndLongitude')}
          placeholder="31.23, 121.47"
          value={typed.from}
          onInput={({ currentTarget }) => set({ from: currentTarget.value })}
        />
      </label>
      <button type="submit" class="quiet">
        {t('today.plan')}
      </button>
    </form>
  )
}

import { ScoreTicker } from './customers/score-ticker.tsx'
import { Models } from './models/models.tsx'
import { Health } from './operations/health.tsx'
import type { Page, PageProps, Panel } from './page.ts'
import { Flags } from './visits/flags.tsx'
import { Priorities } from './visits/priorities.tsx'

/** Side by side, from left to right, where the screen is wide enough. */
const columns: readonly Panel[] = [Priorities, ScoreTicker, Flags]

/** The moment in one look. */
export const overview: Page = { path: '', title: 'Overview', View: Overview }

function Overview(props: PageProps) {
  return (
    <>
      <Health {...props} />
      <div class="columns">
        {columns.map((Column, place) => (
          <Column key={place} {...props} />
        ))}
      </div>
      <Models {...props} />
    </>
  )
}

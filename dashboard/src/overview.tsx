import { ScoreTicker } from './customers/score-ticker.tsx'
import { Models } from './models/models.tsx'
import { Health } from './operations/health.tsx'
import type { Page, PageProps, Panel } from './page.ts'
import { Flags } from './visits/flags.tsx'
import { Priorities } from './visits/priorities.tsx'

/** Columns from left to right, if the screen is wide enough. */
const columns: readonly Panel[] = [Priorities, ScoreTicker, Flags]

/** Page with the current state at a glance. */
export const overview: Page = { path: '', title: 'common.overview', View: Overview }

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

import { apiUrl } from '../api.ts'
import { title } from '../format.ts'
import type { Page, PageProps } from '../page.ts'
import { Empty, Failure } from '../parts.tsx'
import { pageHref } from '../route.ts'
import { useResource } from '../use-resource.ts'
import { MODELS, shortId, type ModelTask } from './model-text.ts'
import { TaskView } from './task-view.tsx'
import { t } from '../words/words.ts'

const READ_EVERY_MS = 10_000

/** Page for data scientists: which models are live, how challengers compare, and what was done with them. */
export const modelsPage: Page = { path: MODELS, title: 'models.models', View: ModelsPage }

function ModelsPage({ item: name }: PageProps) {
  const { data, error, refresh } = useResource(apiUrl('/model-tasks'), READ_EVERY_MS)
  const opened = data?.items.find(({ task }) => task === name)
  return (
    <div class={name === undefined ? 'list-detail' : 'list-detail opened'}>
      <section class="card" aria-labelledby="model-tasks-title">
        <div class="head">
          <div>
            <h2 id="model-tasks-title">{t('models.tasks')}</h2>
            <p class="sub">{t('models.eachIsScoredByAModel')}</p>
          </div>
        </div>
        {error !== undefined && <Failure>{error}</Failure>}
        {data === undefined && error === undefined && <Empty>{t('models.loadingTheTasks')}</Empty>}
        <ol class="lines">
          {data?.items.map((task) => (
            <Line key={task.task} task={task} isOpened={task.task === name} />
          ))}
        </ol>
      </section>
      {opened !== undefined && <TaskView key={opened.task} task={opened} onChange={refresh} />}
      {name !== undefined && data !== undefined && opened === undefined && (
        <section class="card" aria-label={t('models.unknownTask')}>
          <Failure>
            <>{t('models.thereIsNoTask', { name: JSON.stringify(name) })}</>
          </Failure>
        </section>
      )}
    </div>
  )
}

function Line({
  task: { task, live, frozen, acts },
  isOpened,
}: {
  readonly task: ModelTask
  readonly isOpened: boolean
}) {
  const trials = live.shadows.length + (live.canary === null ? 0 : 1)
  return (
    <li>
      <a href={pageHref(MODELS, task)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <strong>{title(task)}</strong>
          {frozen !== null && <span class="tag warn">{t('models.frozen')}</span>}
          {acts[0]?.act === 'hold' && <span class="tag bad">{t('models.held')}</span>}
        </span>
        <span class="reason">
          {live.champion === null ? t('models.noModelYet') : t('models.champion', { champion: shortId(live.champion) })}
        </span>
        {trials > 0 && <span class="about">{t('models.onTrial', { trials })}</span>}
      </a>
    </li>
  )
}

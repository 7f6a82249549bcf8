import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { dateAndTime, number, title } from '../format.ts'
import { Empty, Failure } from '../parts.tsx'
import { pageHref } from '../route.ts'
import { useResource } from '../use-resource.ts'
import { ModelActions } from './model-actions.tsx'
import { ModelComparison } from './model-comparison.tsx'
import { Monitoring } from './monitoring.tsx'
import { actText, MODELS, type ModelAct, type ModelTask } from './model-text.ts'
import { TaskActions } from './task-actions.tsx'
import { t } from '../words/words.ts'

const READ_EVERY_MS = 10_000

interface TaskViewProps {
  readonly task: ModelTask
  readonly onChange: () => void
}

/** One task: its models compared, what people may do with them, and what was done. */
export function TaskView({ task, onChange }: TaskViewProps) {
  const { data, error, refresh } = useResource(apiUrl('/models', { query: { task: task.task } }), READ_EVERY_MS)
  const [chosen, setChosen] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const model = data?.items.find(({ id }) => id === chosen)
  const changed = () => {
    refresh()
    onChange()
  }
  return (
    <section class="card" aria-labelledby="model-task-title">
      <div class="head">
        <div>
          <h2 id="model-task-title" ref={heading} tabIndex={-1}>
            {title(task.task)}
          </h2>
          {task.frozen !== null && (
            <p class="sub">{t('models.frozenBy', { by: task.frozen.by, reason: task.frozen.reason })}</p>
          )}
        </div>
        <a class="quiet back" href={pageHref(MODELS)}>
          {t('common.allTasks')}
        </a>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('models.loadingTheModels')}</Empty>}
      {data !== undefined && (
        <div class="detail">
          <ModelComparison models={data.items} shadows={task.shadows} onChoose={setChosen} />
          {model !== undefined && <ModelActions key={model.id} model={model} onChange={changed} />}
          <Monitoring task={task.task} />
          <TaskActions task={task} onChange={changed} />
          <Acts acts={task.acts} />
        </div>
      )}
    </section>
  )
}

function Acts({ acts }: { readonly acts: readonly ModelAct[] }) {
  return (
    <section class="group" aria-labelledby="model-acts-title">
      <h3 id="model-acts-title">{t('models.whatWasDone')}</h3>
      {acts.length === 0 && <Empty>{t('models.nothingYet')}</Empty>}
      <ol class="lines">
        {acts.map((act) => (
          <li key={`${act.at} ${act.act} ${act.modelId}`} class="record">
            <span class="row">
              <strong>{actText(act)}</strong>
              <span class="about">{dateAndTime(act.at)}</span>
            </span>
            <span class="reason">{act.reason}</span>
            <span class="about">
              {Object.entries(act.numbers)
                .map(([name, value]) => `${title(name)} ${number(value)}`)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

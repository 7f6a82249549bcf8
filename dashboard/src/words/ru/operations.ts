import type { Texts } from '../en/en.ts'

export const operations: Texts['operations'] = {
  streamHealth: 'Состояние потока',
  theApiIsNotResponding: 'API не отвечает: {statusError}',
  needsAttention: '{part}: требуется внимание.',
  isNotReady: '{part}: не готово.',
  theDataShownIsOldThe: 'Показанные данные устарели на {age}: запись в базу отстала или остановилась.',
  releasesPoliciesAndThresholdsWereLast:
    'Выпуски, политики и пороги последний раз прочитаны {age} назад: глобальные топики недоступны.',
  theProcessorsRunInAnotherProcess:
    'Обработчики работают в другом процессе: их скорость и задержка видны в его метриках.',
  overAllProcessors: 'по всем обработчикам',
  fromModels: 'от моделей',
  noRecentEvents: 'недавних событий нет',
  n99Within: '99 % не дольше {latencyMsP99}',
  recordsNotYetProcessed: 'записей ещё не обработано',
  runningInThisProcess: 'работают в этом процессе',
  duplicateDropped:
    '{duplicates, plural, one {отброшено # повторное событие} few {отброшено # повторных события} many {отброшено # повторных событий} other {отброшено # повторного события}}',
  theSimulatorSendsSomeTwice: '{words}: симулятор отправляет некоторые дважды',
  deadLetters: 'Непринятые записи',
  recordsThatCouldNotBeProcessed: 'Записи, которые не удалось обработать, и почему',
  allRecordsWereProcessed: 'Все записи обработаны.',
  partitionOffset: '{topic}, раздел {partition}, смещение {offset}',
  bytes: '· {valueBytes, plural, one {# байт} few {# байта} many {# байт} other {# байта}}',
  gaps: 'Пропуски',
  recordsThatWereDeletedBeforeThey: 'Записи, удалённые до того, как их прочитали',
  noRecordsWereMissed: 'Пропущенных записей нет.',
  upToRecords: '{records, plural, one {до # записи} few {до # записей} many {до # записей} other {до # записи}}',
  partitionOffsetsTo: '{topic}, раздел {partition}, смещения {from}–{to}',
  seconds: '{seconds, plural, one {# секунду} few {# секунды} many {# секунд} other {# секунды}}',
  minutes: '{minutes, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}}',
  hours: '{hours, plural, one {# час} few {# часа} many {# часов} other {# часа}}',
  eventsPerSecond: 'Событий в секунду',
  scoresPerSecond: 'Оценок в секунду',
  latencyMedian: 'Задержка, медиана',
  lag: 'Отставание',
  tasks: 'Задачи',
  recordsWereDeleted:
    'До чтения удалено записей: до {records, number}; пропусков за неделю: {gaps, number}. <which>Показать</which>.',
}

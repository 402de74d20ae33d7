import { area } from '../area.ts';

/** Error names by family, after the names themselves: `States.Timeout` is `States`, `Timeout`. */
export const fault = area(
  {
    any: '这一步执行失败',
    States: {
      any: '状态机在这一步出错',
      Timeout: '这一步等了太久，超时了',
      HeartbeatTimeout: '这一步太久没有回应',
      TaskFailed: '这一步重试之后仍然失败',
      QueryEvaluationError: '这一步的表达式算不出来',
      DataLimitExceeded: '这一步的数据超过了大小限制',
      Permissions: '没有执行这一步的权限',
      Runtime: '状态机运行出错',
    },
    Lambda: {
      any: '执行这一步的函数出错',
      Unknown: '执行这一步的函数没有答复',
      TooManyRequestsException: '同时调用太多，函数没有接下这一步',
      ServiceException: 'Lambda 服务暂时出错',
      ClientExecutionTimeoutException: '执行这一步的函数超时',
    },
    Pergola: {
      any: 'Pergola 让这次执行停了下来',
      Failed: '这一步重试之后仍然失败',
      Ended: '旅程已经结束，这一步不再执行',
      Goal: '达成目标，旅程到此结束',
      Exit: '符合退出规则，旅程到此结束',
      Stopped: '被人工停止',
      UnknownOutlet: '这一步给出了图上没有的出口',
      UnknownNode: '这一步在这个版本的图上找不到',
    },
  },
  {
    any: 'This step failed',
    States: {
      any: 'The state machine failed at this step',
      Timeout: 'This step took too long',
      HeartbeatTimeout: 'This step gave no sign of life for too long',
      TaskFailed: 'This step kept failing when tried again',
      QueryEvaluationError: 'An expression of this step could not be computed',
      DataLimitExceeded: 'The data of this step is larger than allowed',
      Permissions: 'There is no permission to run this step',
      Runtime: 'The state machine failed while running',
    },
    Lambda: {
      any: 'The function behind this step failed',
      Unknown: 'The function behind this step gave no answer',
      TooManyRequestsException: 'Too many calls at once; the function did not take this step',
      ServiceException: 'The Lambda service had a passing fault',
      ClientExecutionTimeoutException: 'The function behind this step took too long',
    },
    Pergola: {
      any: 'Pergola ended this run',
      Failed: 'This step kept failing when tried again',
      Ended: 'The journey had ended; this step was not taken',
      Goal: 'The goal was reached; the journey ends here',
      Exit: 'An exit rule applied; the journey ends here',
      Stopped: 'Somebody stopped it',
      UnknownOutlet: 'This step answered with a way out that is not drawn',
      UnknownNode: 'This step is not in this version of the drawing',
    },
  },
);

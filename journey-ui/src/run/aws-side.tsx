import { ExportOutlined } from '@ant-design/icons';
import { useWords } from '../i18n/index.ts';
import { Copyable } from '../ui/copyable.tsx';
import { awsAddress, historyCommand } from './aws-address.ts';

/** The same run as AWS knows it: its name there, the way to it, and the command that asks for its history. */
export function AwsSide({ arn }: { arn: string }) {
  const { t } = useWords();
  const address = awsAddress(arn);
  return (
    <>
      <h3>{t('run.aws')}</h3>
      {address !== undefined && (
        <p>
          <a href={address} target="_blank" rel="noreferrer">
            {t('run.openInAws')} <ExportOutlined />
          </a>
        </p>
      )}
      <p>
        <small>{t('run.arn')}</small>
        <Copyable label={t('run.arn')} value={arn} shown={arn.slice(arn.lastIndexOf(':') + 1)} />
      </p>
      <p>
        <small>{t('run.command')}</small>
        <Copyable label={t('run.command')} value={historyCommand(arn)} shown="get-execution-history" />
      </p>
    </>
  );
}

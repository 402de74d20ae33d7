import { Modal } from 'antd';
import { useWords } from '../i18n/index.ts';
import { COMMANDS } from './commands.ts';
import './keys-help.css';

/** All keys of the canvas, read from the commands. */
export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useWords();
  const mod = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('keys.help')} width={560}>
      <dl className="keys">
        {COMMANDS.map((command) => (
          <div key={command.id}>
            <dt>{t(`keys.${command.id}`)}</dt>
            <dd>
              {command.keys.split(' ').map((key) => (
                <kbd key={key}>{key === 'mod' ? mod : key}</kbd>
              ))}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('keys.pan')}</dt>
          <dd>
            <kbd>Space</kbd>
          </dd>
        </div>
        <div>
          <dt>{t('keys.box')}</dt>
          <dd>
            <kbd>⇧</kbd>
          </dd>
        </div>
      </dl>
    </Modal>
  );
}

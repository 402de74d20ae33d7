import { MoonOutlined, SunOutlined, TranslationOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { chooseLanguage, useWords } from '../i18n/index.ts';
import { SignedIn } from '../sign-in/signed-in.tsx';
import { useTheme } from '../theme/theme.ts';

/** Language and light or dark. */
export function Preferences() {
  const { t, language } = useWords();
  const theme = useTheme();
  return (
    <>
      <Tooltip title={t('language.other')}>
        <Button
          type="text"
          icon={<TranslationOutlined />}
          aria-label={t('language.switch')}
          onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
        />
      </Tooltip>
      <Tooltip title={t(theme.name === 'dark' ? 'theme.light' : 'theme.dark')}>
        <Button
          type="text"
          icon={theme.name === 'dark' ? <SunOutlined /> : <MoonOutlined />}
          aria-label={t('theme.switch')}
          onClick={() => theme.set(theme.name === 'dark' ? 'light' : 'dark')}
        />
      </Tooltip>
      <SignedIn />
    </>
  );
}

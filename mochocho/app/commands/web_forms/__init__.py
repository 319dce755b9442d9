"""Commands about forms that are filled in a browser."""

from mochocho.app.commands.web_forms.web_forms_command import webforms

COMMANDS = (webforms,)

"""The methods of the Bot API that the sandbox has, each with its parameters and its work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.telegram import account, callbacks, commands, editing, sending, updates, webhook
from sandbox.telegram.account import Nothing
from sandbox.telegram.call import Call
from sandbox.telegram.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name, the shape of its parameters, and what it does with them."""

    name: str
    shape: type[Parameters]
    work: Callable[[Call, Any], Any]


ALL = (
    Method("getMe", Nothing, account.get_me),
    Method("getChat", account.GetChat, account.get_chat),
    Method("getFile", account.GetFile, account.get_file),
    Method("getUpdates", updates.GetUpdates, updates.get_updates),
    Method("setWebhook", webhook.SetWebhook, webhook.set_webhook),
    Method("deleteWebhook", webhook.DeleteWebhook, webhook.delete_webhook),
    Method("getWebhookInfo", Nothing, webhook.get_webhook_info),
    Method("sendMessage", sending.SendMessage, sending.send_message),
    Method("sendPhoto", sending.SendPhoto, sending.send_photo),
    Method("sendDocument", sending.SendDocument, sending.send_document),
    Method("sendChatAction", sending.SendChatAction, sending.send_chat_action),
    Method("editMessageText", editing.EditMessageText, editing.edit_message_text),
    Method("editMessageCaption", editing.EditMessageCaption, editing.edit_message_caption),
    Method("editMessageReplyMarkup", editing.Edit, editing.edit_message_reply_markup),
    Method("deleteMessage", editing.DeleteMessage, editing.delete_message),
    Method("answerCallbackQuery", callbacks.AnswerCallbackQuery, callbacks.answer_callback_query),
    Method("setMyCommands", commands.SetMyCommands, commands.set_my_commands),
    Method("getMyCommands", commands.Menu, commands.get_my_commands),
    Method("deleteMyCommands", commands.Menu, commands.delete_my_commands),
)
BY_NAME = {method.name.lower(): method for method in ALL}

"""Django's admin classes with type arguments, which Django's own do not accept at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, TabularInline
    from django.forms import ModelForm
else:

    class ModelAdmin(admin.ModelAdmin):
        def __class_getitem__(cls, arguments: Any) -> type[admin.ModelAdmin]:
            return cls

    class TabularInline(admin.TabularInline):
        def __class_getitem__(cls, arguments: Any) -> type[admin.TabularInline]:
            return cls

    class ModelForm(forms.ModelForm):
        def __class_getitem__(cls, arguments: Any) -> type[forms.ModelForm]:
            return cls


__all__ = ["ModelAdmin", "ModelForm", "TabularInline"]

package io.httptrace.render.api;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types as a program would name them, and whether they may be null. */
final class TypeNames {
  private TypeNames() {}

  static String of(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      String nullable = isNullable(type) ? " @Nullable " : "";
      return of(array.getAnnotatedGenericComponentType()) + nullable + "[]";
    }
    return (isNullable(type) ? "@Nullable " : "") + withoutAnnotation(type);
  }

  private static String withoutAnnotation(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType parameterized) {
      return of(((ParameterizedType) parameterized.getType()).getRawType())
          + listed("<", parameterized.getAnnotatedActualTypeArguments(), ">");
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      return "?"
          + listed(" super ", wildcard.getAnnotatedLowerBounds(), "")
          + bounds(wildcard.getAnnotatedUpperBounds());
    }
    if (type instanceof AnnotatedTypeVariable) {
      return type.getType().getTypeName();
    }
    return of(type.getType());
  }

  private static String listed(String before, AnnotatedType[] types, String after) {
    return types.length == 0
        ? ""
        : before
            + Arrays.stream(types).map(TypeNames::of).collect(Collectors.joining(", "))
            + after;
  }

  /** {@return what stands behind a variable or a wildcard, in front of a space} */
  private static String bounds(AnnotatedType[] bounds) {
    List<String> names =
        Arrays.stream(bounds).map(TypeNames::of).filter(name -> !name.equals("Object")).toList();
    return names.isEmpty() ? "" : " extends " + String.join(" & ", names);
  }

  private static String of(Type type) {
    return type instanceof Class<?> known ? of(known) : type.getTypeName();
  }

  static String of(Class<?> type) {
    String name = type.getCanonicalName();
    String implied = "java.lang.";
    return name.startsWith(implied) && type.getPackageName().equals("java.lang")
        ? name.substring(implied.length())
        : name;
  }

  /** {@return the variables of a class or method in angle brackets, or nothing} */
  static String variables(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Stream.of(variables)
        .map(variable -> variable.getName() + bounds(variable.getAnnotatedBounds()))
        .collect(Collectors.joining(", ", "<", ">"));
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
